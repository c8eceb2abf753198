CREATE TABLE comfyui_workflows (
    "Id" uuid NOT NULL,
    "Name" text NOT NULL,
    "BlobSha256" text NOT NULL,
    "Length" bigint NOT NULL,
    "Licence" text NOT NULL,
    "ModelsJson" text NOT NULL,
    "AddedBy" uuid NOT NULL,
    "AddedByName" text NOT NULL,
    "AddedAt" bigint NOT NULL,
    "RetiredAt" bigint,
    CONSTRAINT "PK_comfyui_workflows" PRIMARY KEY ("Id")
);


CREATE INDEX "IX_comfyui_workflows_BlobSha256" ON comfyui_workflows ("BlobSha256");
