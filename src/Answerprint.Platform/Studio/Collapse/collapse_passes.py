"""What compositing wants besides the picture. Run by Blender 3.4 or newer, headless, after collapse.py has built:

    blender -b --factory-startup -noaudio --python-exit-code 3 --python collapse_passes.py -- JOB.json FOLDER FIRST LAST

Writes FOLDER/passes/NNNN.exr: normals and the way to the next frame. One sample without motion blur, since Cycles gives no vectors with it.
"""

import json
import os
import sys

import bpy

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import collapse_border  # noqa: E402

job_file, folder, first, last = sys.argv[sys.argv.index("--") + 1:]
folder = os.path.abspath(folder)
with open(job_file, encoding="utf-8") as file:
    job = json.load(file)
bpy.ops.wm.open_mainfile(filepath=os.path.join(folder, "collapse.blend"))
scene = bpy.data.scenes["shot"]
bpy.context.window.scene = scene
scene.render.engine, scene.cycles.device, scene.cycles.samples = "CYCLES", "CPU", 1
scene.cycles.use_denoising, scene.cycles.max_bounces, scene.cycles.seed = False, 0, 0
scene.cycles.use_adaptive_sampling = False
scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = job["renderWidth"], job["renderHeight"], 100
scene.render.film_transparent, scene.render.use_motion_blur = True, False
scene.render.threads_mode, scene.render.threads = "FIXED", job["threads"]
# The ground catches shadows only: without it, nothing but pieces has normals and ways.
for entry in scene.objects:
    if entry.is_shadow_catcher:
        entry.hide_render = True
layer = scene.view_layers[0]
layer.use_pass_normal, layer.use_pass_vector, layer.use_pass_z = True, True, True
settings = scene.render.image_settings
settings.file_format, settings.color_depth, settings.exr_codec = "OPEN_EXR_MULTILAYER", "32", "ZIP"
target = os.path.join(folder, "passes")
os.makedirs(target, exist_ok=True)
for frame in range(int(first), int(last) + 1):
    path = os.path.join(target, f"{frame:04d}.exr")
    if os.path.exists(path):
        continue
    scene.frame_set(frame)
    collapse_border.limit(scene, (0, 0, 1))
    scene.render.filepath = os.path.join(target, f"part-{frame:04d}.exr")
    bpy.ops.render.render(write_still=True)
    os.replace(scene.render.filepath, path)
    print(f"answerprint frame {frame}", file=sys.stderr, flush=True)
