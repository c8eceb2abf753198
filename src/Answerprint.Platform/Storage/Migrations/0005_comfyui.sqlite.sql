CREATE TABLE "comfyui_workflows" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_comfyui_workflows" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "BlobSha256" TEXT NOT NULL,
    "Length" INTEGER NOT NULL,
    "Licence" TEXT NOT NULL,
    "ModelsJson" TEXT NOT NULL,
    "AddedBy" TEXT NOT NULL,
    "AddedByName" TEXT NOT NULL,
    "AddedAt" INTEGER NOT NULL,
    "RetiredAt" INTEGER NULL
);


CREATE INDEX "IX_comfyui_workflows_BlobSha256" ON "comfyui_workflows" ("BlobSha256");
