"""Lets a building fall down. Run by Blender 3.4 or newer, headless:

    blender -b --factory-startup -noaudio --python-exit-code 3 --python collapse.py -- build JOB.json FOLDER
    blender -b --factory-startup -noaudio --python-exit-code 3 --python collapse.py -- render JOB.json FOLDER FIRST LAST

`build` makes the building from the job's outline, breaks it, lets it fall and writes FOLDER/collapse.blend (every piece keyed, for an artist to go on with), FOLDER/grit.pc2 (its rubble),
FOLDER/pieces.bin (the same for a renderer outside Blender) and FOLDER/track.json (where each piece's middle is in each frame, and how wide the cracks along it are). `render` writes FOLDER/render/NNNN.exr: colour in linear light and its parts, depth, normals, and `rest`, the place in the plate
that a surface shows. Metres; x to the right, y away from the camera, z up; the building's foot is at z = 0.
"""

import json
import math
import os
import random
import sys

import bmesh
import bpy
from mathutils import Matrix, Quaternion, Vector, noise

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import collapse_border  # noqa: E402
import collapse_break  # noqa: E402
import collapse_chunks as chunks  # noqa: E402
import collapse_export as export  # noqa: E402
import collapse_fall as fall  # noqa: E402
import collapse_form as form  # noqa: E402
import collapse_glass as glass  # noqa: E402
import collapse_grit as grit  # noqa: E402
import collapse_look as look  # noqa: E402
import collapse_order as order  # noqa: E402
import collapse_rigid as rigid  # noqa: E402

arguments = sys.argv[sys.argv.index("--") + 1:]
mode, job_file, folder = arguments[0], arguments[1], os.path.abspath(arguments[2])
with open(job_file, encoding="utf-8") as file:
    job = json.load(file)
scene_file = os.path.join(folder, "collapse.blend")
width, height, frames = job["width"], job["height"], job["frames"]


def tell(share, phase):
    print(f"answerprint build {share:.3f} {phase}", file=sys.stderr, flush=True)


def camera():
    data = bpy.data.cameras.new("camera")
    result = bpy.data.objects.new("camera", data)
    bpy.context.scene.collection.objects.link(result)
    bpy.context.scene.camera = result
    result.location = (0, 0, job["camera"]["height"])
    result.rotation_euler = (math.pi / 2 + job["camera"]["pitch"], 0, 0)
    data.sensor_fit, data.sensor_width, data.lens = "HORIZONTAL", 36, 36 * job["camera"]["focalLength"] / width
    # In widths: how far the lens is moved so that its axis meets another row than the middle one.
    data.shift_y = (job["camera"]["middle"] - height / 2) / width
    data.clip_start, data.clip_end = 0.05, 5000
    bpy.context.view_layer.update()
    return result


def key(poses, gaps, meshes, tall, shot, born=None):
    """
    Copies of the pieces, keyed frame by frame, so that any frame can be rendered alone and an artist can move them; the fall itself stays in a scene of its own. Besides its pose each has `moved`, how
    much of the scene's light it takes in place of the light that the plate has on it, above 0 as soon as it moves; and `open`, the width in metres of the crack along it, at most 1. What is `born` later than
    the shot begins is hidden until then.
    """
    for pose, gap, mesh in zip(poses, gaps, meshes):
        entry = bpy.data.objects.new("piece", mesh)
        shot.collection.objects.link(entry)
        entry.rotation_mode = "QUATERNION"
        action = bpy.data.actions.new(entry.name)
        entry.animation_data_create().action = action
        places, turns = [matrix.to_translation() for matrix in pose], [matrix.to_quaternion() for matrix in pose]
        for previous, turn in zip(turns, turns[1:]):
            turn.make_compatible(previous)
        first = next((i for i, place in enumerate(places) if (place - places[0]).length > 0.01 or abs(turns[i].dot(turns[0])) < 0.9999), None)
        curves = [("location", k, [place[k] for place in places]) for k in range(3)] + [("rotation_quaternion", k, [turn[k] for turn in turns]) for k in range(4)]
        entry["moved"], entry["open"] = 0.0, 0.0
        moved = [0.0] * frames
        if first is not None:
            # A surface that has only come down a little is lit as it was.
            for i in range(first, frames):
                turned = 2 * math.acos(min(1, abs(turns[i].dot(turns[0]))))
                moved[i] = max(moved[i - 1], 0.02, min(1, turned / 0.45), min(1, (places[i] - places[0]).length / (0.3 * tall)))
        curves.append(('["moved"]', 0, moved))
        curves.append(('["open"]', 0, [min(1.0, value) if value > 0.02 else 0.0 for value in gap]))
        if born is not None:
            curves += [(path, 0, [float(i < born) for i in range(frames)]) for path in ("hide_render", "hide_viewport")]
        for path, index, values in curves:
            curve = action.fcurves.new(path, index=index)
            curve.keyframe_points.add(frames)
            curve.keyframe_points.foreach_set("co", [part for i, entry_value in enumerate(values) for part in (i + 1, entry_value)])
            curve.keyframe_points.foreach_set("interpolation", [1] * frames)
            curve.update()


def build():
    random.seed(job["seed"])
    noise.seed_set(job["seed"] % 65536 + 1)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps, scene.frame_start, scene.frame_end = round(job["rate"]), 1, frames
    view = camera()
    looks = look.Look(job, view)
    shape = form.Round(job["building"]) if job["building"]["shape"] == "round" else form.Block(job["building"])
    made = bmesh.new()
    shape.solid(made)
    building = form.mesh_object("building", form.finished(made, "building"))
    materials = looks.all()
    for material in materials:
        building.data.materials.append(material)
    low = Vector(min(vertex.co[k] for vertex in building.data.vertices) for k in range(3))
    high = Vector(max(vertex.co[k] for vertex in building.data.vertices) for k in range(3))
    surface = form.surface(building)
    cards = form.Cards(job, view, look.mask(job["silhouette"]) & ~look.mask(job["before"]), building)
    form.hollow(job, shape, building, high.z, materials)
    pieces = [fall.Piece(made, materials, job["building"]["massPerVolume"]) for made in collapse_break.break_up(job, building, low, high, lambda share: tell(0.45 * share, "Breaking the building"))]
    with order.same_order():
        touching, ties = fall.set_up(job, pieces, low, high)
        places, turns = fall.play(job, pieces, lambda share: tell(0.45 + 0.25 * share, "Letting it fall"))
    places, turns, _ = rigid.Rigid(pieces, ties, high.z).settle(places, turns)
    gaps = rigid.openings(pieces, touching, places, turns).T
    poses = [[Matrix.LocRotScale(Vector(places[i, k]), Quaternion(turns[i, k]), None) for i in range(frames)] for k in range(len(pieces))]
    tell(0.75, "Giving the pieces their looks")
    shot = bpy.data.scenes.new("shot")
    shot.render.fps, shot.frame_start, shot.frame_end, shot.camera = round(job["rate"]), 1, frames, view
    shot.collection.objects.link(view)
    plane = bpy.data.objects.new("ground", bpy.data.objects["ground"].data)
    plane.matrix_world, plane.is_shadow_catcher = bpy.data.objects["ground"].matrix_world.copy(), True
    shot.collection.objects.link(plane)
    refiner = form.Refiner(job, shape, surface, view.location, high)
    key(poses, gaps, [refiner.mesh(piece) for piece in pieces], high.z, shot)
    for owner, mesh in cards.build(pieces, materials):
        key([poses[owner]], [gaps[owner]], [mesh], high.z, shot)
    tell(0.9, "Throwing rubble")
    rubble = grit.Grit(job, looks, pieces, poses, gaps, high)
    rubble.build(shot, folder)
    if job["building"]["material"] == "glass":
        glass.Shards(job, looks, rubble, pieces, poses, gaps).build(shot, folder)
    for mesh, pose, born in chunks.Chunks(job, refiner, pieces, poses, gaps, high, rubble).build(materials):
        key([pose], [[1.0] * frames], [mesh], high.z, shot, born)
    export.write(shot, folder, frames)
    look.light(job, shot)
    scene.name = "fall"
    bpy.context.window.scene = shot
    cracks = gaps.tolist()
    middles = [[[round(part, 4) for part in pose[i].translation] for pose in poses] for i in range(frames)]
    with open(os.path.join(folder, "track.json"), "w", encoding="utf-8") as output:
        json.dump({"sizes": [round(piece.size, 3) for piece in pieces], "middles": middles, "cracks": [[round(gap[i], 3) for gap in cracks] for i in range(frames)]}, output)
    bpy.ops.wm.save_as_mainfile(filepath=scene_file, compress=True)


def render(first, last):
    bpy.ops.wm.open_mainfile(filepath=scene_file)
    scene = bpy.data.scenes["shot"]
    bpy.context.window.scene = scene
    # Light and plate may be others than those of the build: a retake keeps the fall.
    for lamp in [entry for entry in scene.objects if entry.type == "LIGHT"]:
        bpy.data.objects.remove(lamp)
    look.light(job, scene)
    looks = look.Look(job, scene.camera)
    fresh = {material.name.split(".")[0]: material for material in [*looks.all(), looks.grit(), looks.shard()]}
    for mesh in bpy.data.meshes:
        for k, material in enumerate(mesh.materials):
            mesh.materials[k] = fresh[material.name.split(".")[0]]
    scene.render.engine, scene.cycles.device, scene.cycles.samples = "CYCLES", "CPU", job["samples"]
    scene.cycles.use_denoising, scene.cycles.max_bounces, scene.cycles.seed = False, job["bounces"], job["seed"]
    # Narrower than usual: pieces that have begun to move must not look softer than the plate about them.
    scene.cycles.pixel_filter_type, scene.cycles.filter_width = "BLACKMAN_HARRIS", 1.0
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = job["renderWidth"], job["renderHeight"], 100
    scene.render.use_persistent_data = True
    scene.render.film_transparent, scene.render.use_motion_blur, scene.render.motion_blur_shutter = True, True, 0.5
    scene.render.threads_mode, scene.render.threads = "FIXED", job["threads"]
    scene.view_settings.view_transform = "Standard"
    layer = scene.view_layers[0]
    layer.use_pass_z, layer.use_pass_normal, layer.cycles.use_pass_shadow_catcher = True, True, True
    layer.use_pass_diffuse_direct, layer.use_pass_diffuse_indirect, layer.use_pass_diffuse_color = True, True, True
    layer.use_pass_emit = True
    layer.aovs.add().name = "rest"
    settings = scene.render.image_settings
    settings.file_format, settings.color_depth, settings.exr_codec = "OPEN_EXR_MULTILAYER", "32", "ZIP"
    target = os.path.join(folder, "render")
    os.makedirs(target, exist_ok=True)
    for frame in range(first, last + 1):
        path = os.path.join(target, f"{frame:04d}.exr")
        if os.path.exists(path):
            continue
        scene.frame_set(frame)
        collapse_border.limit(scene, job["light"]["direction"])
        # Under another name until it is whole: a killed render leaves no half frame behind.
        scene.render.filepath = os.path.join(target, f"part-{frame:04d}.exr")
        bpy.ops.render.render(write_still=True)
        os.replace(scene.render.filepath, path)
        print(f"answerprint frame {frame}", file=sys.stderr, flush=True)


if mode == "build":
    build()
else:
    render(int(arguments[3]), int(arguments[4]))
