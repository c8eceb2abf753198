CREATE TABLE "library_cursors" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_library_cursors" PRIMARY KEY,
    "Number" INTEGER NOT NULL
);


CREATE TABLE "library_entries" (
    "AssetId" TEXT NOT NULL CONSTRAINT "PK_library_entries" PRIMARY KEY,
    "LookVersion" INTEGER NOT NULL,
    "WordVersion" INTEGER NOT NULL,
    "IsGrouped" INTEGER NOT NULL,
    "GroupId" TEXT NULL,
    "GroupPlace" INTEGER NOT NULL,
    CONSTRAINT "FK_library_entries_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "library_looks" (
    "AssetId" TEXT NOT NULL,
    "Frame" INTEGER NOT NULL,
    "Look" BLOB NOT NULL,
    "Luma" BLOB NOT NULL,
    "Palette" BLOB NOT NULL,
    "IndexedAt" INTEGER NOT NULL,
    CONSTRAINT "PK_library_looks" PRIMARY KEY ("AssetId", "Frame"),
    CONSTRAINT "FK_library_looks_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "library_tags" (
    "AssetId" TEXT NOT NULL,
    "Tag" TEXT NOT NULL,
    "AddedBy" TEXT NOT NULL,
    "AddedAt" INTEGER NOT NULL,
    CONSTRAINT "PK_library_tags" PRIMARY KEY ("AssetId", "Tag"),
    CONSTRAINT "FK_library_tags_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "library_words" (
    "Prefix" TEXT NOT NULL,
    "Word" TEXT NOT NULL,
    "AssetId" TEXT NOT NULL,
    "Impact" INTEGER NOT NULL,
    CONSTRAINT "PK_library_words" PRIMARY KEY ("Prefix", "Word", "AssetId"),
    CONSTRAINT "FK_library_words_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "imports" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_imports" PRIMARY KEY,
    "ProductionId" TEXT NOT NULL,
    "Source" TEXT NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_imports_productions_ProductionId" FOREIGN KEY ("ProductionId") REFERENCES "productions" ("Id") ON DELETE CASCADE
);


CREATE TABLE "import_files" (
    "ImportId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Files" INTEGER NOT NULL,
    "Outcome" TEXT NOT NULL,
    "JobId" TEXT NULL,
    "AssetId" TEXT NULL,
    "Problem" TEXT NOT NULL,
    CONSTRAINT "PK_import_files" PRIMARY KEY ("ImportId", "Number"),
    CONSTRAINT "FK_import_files_imports_ImportId" FOREIGN KEY ("ImportId") REFERENCES "imports" ("Id") ON DELETE CASCADE
);


CREATE INDEX "IX_imports_CreatedAt" ON "imports" ("CreatedAt");


CREATE INDEX "IX_imports_ProductionId" ON "imports" ("ProductionId");


CREATE INDEX "IX_library_entries_GroupId" ON "library_entries" ("GroupId");


CREATE INDEX "IX_library_entries_LookVersion_IsGrouped" ON "library_entries" ("LookVersion", "IsGrouped");


CREATE INDEX "IX_library_looks_IndexedAt" ON "library_looks" ("IndexedAt");


CREATE INDEX "IX_library_tags_Tag" ON "library_tags" ("Tag");


CREATE INDEX "IX_library_words_AssetId" ON "library_words" ("AssetId");
