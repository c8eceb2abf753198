"""Lets a building fall down. Run by Blender 3.4 or newer, headless:

    blender -b --factory-startup -noaudio --python-exit-code 3 --python collapse.py -- build JOB.json FOLDER
    blender -b --factory-startup -noaudio --python-exit-code 3 --python collapse.py -- render JOB.json FOLDER FIRST LAST

`build` makes the building from the job's outline, breaks it, lets it fall and writes FOLDER/collapse.blend (every piece keyed, for an artist to go on with), FOLDER/grit.pc2 (its rubble) and
FOLDER/track.json (where each piece's middle is in each frame). `render` writes FOLDER/render/NNNN.exr: colour in linear light and its parts, depth, normals, and `rest`, the place in the plate
that a surface shows. Metres; x to the right, y away from the camera, z up; the building's foot is at z = 0.
"""

import json
import math
import os
import random
import sys

import bmesh
import bpy
from mathutils import Vector, noise

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import collapse_form as form  # noqa: E402
import collapse_grit as grit  # noqa: E402
import collapse_look as look  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import collapse_border  # noqa: E402

arguments = sys.argv[sys.argv.index("--") + 1:]
mode, job_file, folder = arguments[0], arguments[1], os.path.abspath(arguments[2])
with open(job_file, encoding="utf-8") as file:
    job = json.load(file)
scene_file = os.path.join(folder, "collapse.blend")
width, height, frames = job["width"], job["height"], job["frames"]


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


class Piece:
    def __init__(self, entry):
        points = [entry.matrix_world @ vertex.co for vertex in entry.data.vertices]
        self.entry = entry
        self.low = Vector(min(point[k] for point in points) for k in range(3))
        self.high = Vector(max(point[k] for point in points) for k in range(3))
        self.middle = sum(points, Vector()) / len(points)
        self.own_middle = entry.matrix_world.inverted() @ self.middle
        made = bmesh.new()
        made.from_mesh(entry.data)
        self.mass = max(1.0, abs(made.calc_volume()) * job["building"]["massPerVolume"])
        made.free()
        self.cluster = 0

    def touches(self, other):
        return all(self.low[k] - 0.03 <= other.high[k] and other.low[k] - 0.03 <= self.high[k] for k in range(3))


def weak(piece, low, high):
    """Whether a piece is where the building gives way: nothing glues it."""
    failure, middle = job["failure"], piece.middle
    level = failure["height"] * high.z
    if failure["kind"] == "pancake":
        return abs(middle.z - level) < 0.10 * high.z
    across = (middle.x - (low.x + high.x) / 2) * failure["side"]
    if failure["kind"] == "topple":
        return abs(middle.z - level) < 0.09 * high.z and across > -0.1 * (high.x - low.x)
    if failure["kind"] == "shear":
        return abs(middle.z - level + across) < 0.07 * high.z
    return (middle - Vector(failure["point"])).length < failure["radius"]


def released(piece, high):
    """The frame from which a piece may move: failing spreads, and what stands below a falling floor stands until that comes."""
    failure, start = job["failure"], job["failure"]["start"]
    level = failure["height"] * high.z
    if failure["kind"] == "pancake":
        below = max(0.0, level - 0.08 * high.z - piece.high.z)
        seconds = math.sqrt(2 * below / 9.81) if below else 0.02 * abs(noise.noise(piece.middle)) * high.z / 10
    elif failure["kind"] == "blast":
        seconds = max(0.0, (piece.middle - Vector(failure["point"])).length - failure["radius"]) / 40
    else:
        seconds = 0
    return min(start + round(seconds * job["rate"]), frames)


def fall(pieces, low, high):
    scene = bpy.context.scene
    bpy.ops.rigidbody.world_add()
    world = scene.rigidbody_world
    world.substeps_per_frame, world.solver_iterations, world.point_cache.frame_end = max(4, round(300 / job["rate"])), 30, frames

    def body(entry, kind, shape, mass, friction):
        bpy.context.view_layer.objects.active = entry
        bpy.ops.rigidbody.object_add()
        made = entry.rigid_body
        made.type, made.collision_shape, made.mass, made.friction, made.restitution = kind, shape, mass, friction, 0.05
        made.use_margin, made.collision_margin, made.linear_damping, made.angular_damping = True, 0.004, 0.02, 0.12
        return made

    bpy.ops.mesh.primitive_plane_add(size=600, location=(0, job["building"]["distance"], 0))
    ground = bpy.context.active_object
    ground.name, ground.is_shadow_catcher = "ground", True
    body(ground, "PASSIVE", "BOX", 1, 0.9)
    failure, start = job["failure"], job["failure"]["start"]
    middles = [random.choice(pieces).middle for _ in range(max(3, len(pieces) // 9))]
    for piece in pieces:
        piece.cluster = min(range(len(middles)), key=lambda k: (middles[k] - piece.middle).length)
        made = body(piece.entry, "ACTIVE", "CONVEX_HULL", piece.mass, 0.75)
        if piece.high.z < failure["stays"] * high.z:
            made.type = "PASSIVE"
            continue
        free = released(piece, high)
        for frame, held in ((1, True), (max(1, free - 1), True), (free, False)):
            made.kinematic = held
            made.keyframe_insert("kinematic", frame=frame)
    step, glued = 1 / (job["rate"] * world.substeps_per_frame), [piece for piece in pieces if not weak(piece, low, high)]
    for i, piece in enumerate(glued):
        near = sorted(((piece.middle - other.middle).length, k) for k, other in enumerate(glued[i + 1:], i + 1) if piece.touches(other))[:4]
        for _, k in near:
            other = glued[k]
            tie = bpy.data.objects.new("glue", None)
            tie.location = (piece.middle + other.middle) / 2
            scene.collection.objects.link(tie)
            bpy.context.view_layer.objects.active = tie
            bpy.ops.rigidbody.constraint_add(type="FIXED")
            bond = tie.rigid_body_constraint
            bond.object1, bond.object2, bond.use_breaking, bond.disable_collisions = piece.entry, other.entry, True, True
            # In stages: first the building comes apart in parts, then, where they strike, the parts in pieces.
            hold = 2.2 if piece.cluster == other.cluster else 0.6
            bond.breaking_threshold = hold * failure["strength"] * min(piece.mass, other.mass) * 9.81 * step
    if failure["kind"] == "blast":
        bpy.ops.object.effector_add(type="FORCE", location=failure["point"])
        force = bpy.context.active_object
        force.name = "blast"
        for frame, strength in ((start - 1, 0), (start, failure["force"]), (start + 3, failure["force"]), (start + 4, 0)):
            force.field.strength = strength
            force.field.keyframe_insert("strength", frame=max(1, frame))


def play(pieces):
    """Plays the fall once: where every piece is in each frame."""
    poses = [[] for _ in pieces]
    for frame in range(1, frames + 1):
        bpy.context.scene.frame_set(frame)
        for pose, piece in zip(poses, pieces):
            pose.append(piece.entry.matrix_world.copy())
    return poses


def key(pieces, poses, meshes, shot):
    """Copies of the pieces, keyed frame by frame, so that any frame can be rendered alone and an artist can move them; the fall itself stays in a scene of its own."""
    for pose, mesh in zip(poses, meshes):
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
        entry["moved"] = 0.0
        curves.append(('["moved"]', 0, [0.0 if first is None else min(1.0, max(0.0, (i - first) / 4)) for i in range(frames)]))
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
    cards = form.Cards(job, view, look.mask(job["silhouette"]) & ~look.mask(job["before"]), building)
    form.hollow(job, shape, building, high.z, materials)
    pieces = [Piece(entry) for entry in form.break_up(job, building, low, high)]
    print("answerprint falling", file=sys.stderr, flush=True)
    fall(pieces, low, high)
    poses = play(pieces)
    scene.frame_set(1)
    shot = bpy.data.scenes.new("shot")
    shot.render.fps, shot.frame_start, shot.frame_end, shot.camera = round(job["rate"]), 1, frames, view
    shot.collection.objects.link(view)
    plane = bpy.data.objects.new("ground", bpy.data.objects["ground"].data)
    plane.matrix_world, plane.is_shadow_catcher = bpy.data.objects["ground"].matrix_world.copy(), True
    shot.collection.objects.link(plane)
    refiner = form.Refiner(job, shape, view.location, high)
    key(pieces, poses, [refiner.mesh(piece) for piece in pieces], shot)
    for owner, mesh in cards.build(pieces, materials):
        key([pieces[owner]], [poses[owner]], [mesh], shot)
    grit.Grit(job, looks, pieces, poses, high).build(shot, folder)
    look.light(job, shot)
    scene.name = "fall"
    bpy.context.window.scene = shot
    middles = [[[round(part, 4) for part in pose[i] @ piece.own_middle] for pose, piece in zip(poses, pieces)] for i in range(frames)]
    with open(os.path.join(folder, "track.json"), "w", encoding="utf-8") as output:
        json.dump({"sizes": [round(max(piece.high - piece.low), 3) for piece in pieces], "middles": middles}, output)
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
    fresh = {material.name.split(".")[0]: material for material in [*looks.all(), looks.grit()]}
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
