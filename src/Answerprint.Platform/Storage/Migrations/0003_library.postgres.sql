CREATE TABLE library_cursors (
    "Name" character varying(40) NOT NULL,
    "Number" bigint NOT NULL,
    CONSTRAINT "PK_library_cursors" PRIMARY KEY ("Name")
);


CREATE TABLE library_entries (
    "AssetId" uuid NOT NULL,
    "LookVersion" integer NOT NULL,
    "WordVersion" integer NOT NULL,
    "IsGrouped" boolean NOT NULL,
    "GroupId" uuid,
    "GroupPlace" integer NOT NULL,
    CONSTRAINT "PK_library_entries" PRIMARY KEY ("AssetId"),
    CONSTRAINT "FK_library_entries_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE
);


CREATE TABLE library_looks (
    "AssetId" uuid NOT NULL,
    "Frame" integer NOT NULL,
    "Look" bytea NOT NULL,
    "Luma" bytea NOT NULL,
    "Palette" bytea NOT NULL,
    "IndexedAt" bigint NOT NULL,
    CONSTRAINT "PK_library_looks" PRIMARY KEY ("AssetId", "Frame"),
    CONSTRAINT "FK_library_looks_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE
);


CREATE TABLE library_tags (
    "AssetId" uuid NOT NULL,
    "Tag" character varying(60) NOT NULL,
    "AddedBy" uuid NOT NULL,
    "AddedAt" bigint NOT NULL,
    CONSTRAINT "PK_library_tags" PRIMARY KEY ("AssetId", "Tag"),
    CONSTRAINT "FK_library_tags_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE
);


CREATE TABLE library_words (
    "Prefix" character varying(3) NOT NULL,
    "Word" character varying(40) NOT NULL,
    "AssetId" uuid NOT NULL,
    "Impact" integer NOT NULL,
    CONSTRAINT "PK_library_words" PRIMARY KEY ("Prefix", "Word", "AssetId"),
    CONSTRAINT "FK_library_words_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE
);


CREATE TABLE imports (
    "Id" uuid NOT NULL,
    "ProductionId" uuid NOT NULL,
    "Source" character varying(200) NOT NULL,
    "CreatedBy" uuid NOT NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "PK_imports" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_imports_productions_ProductionId" FOREIGN KEY ("ProductionId") REFERENCES productions ("Id") ON DELETE CASCADE
);


CREATE TABLE import_files (
    "ImportId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "Name" character varying(400) NOT NULL,
    "Files" integer NOT NULL,
    "Outcome" character varying(40) NOT NULL,
    "JobId" uuid,
    "AssetId" uuid,
    "Problem" text NOT NULL,
    CONSTRAINT "PK_import_files" PRIMARY KEY ("ImportId", "Number"),
    CONSTRAINT "FK_import_files_imports_ImportId" FOREIGN KEY ("ImportId") REFERENCES imports ("Id") ON DELETE CASCADE
);


CREATE INDEX "IX_imports_CreatedAt" ON imports ("CreatedAt");


CREATE INDEX "IX_imports_ProductionId" ON imports ("ProductionId");


CREATE INDEX "IX_library_entries_GroupId" ON library_entries ("GroupId");


CREATE INDEX "IX_library_entries_LookVersion_IsGrouped" ON library_entries ("LookVersion", "IsGrouped");


CREATE INDEX "IX_library_looks_IndexedAt" ON library_looks ("IndexedAt");


CREATE INDEX "IX_library_tags_Tag" ON library_tags ("Tag");


CREATE INDEX "IX_library_words_AssetId" ON library_words ("AssetId");
