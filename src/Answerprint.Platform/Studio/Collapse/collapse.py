"""Lets a building fall down. Run by Blender 3.4 or newer, headless:

    blender -b --factory-startup -noaudio --python-exit-code 3 --python collapse.py -- build JOB.json FOLDER
    blender -b --factory-startup -noaudio --python-exit-code 3 --python collapse.py -- render JOB.json FOLDER FIRST LAST

`build` makes the building from the job's outline, breaks it, lets it fall and writes FOLDER/collapse.blend (every piece keyed, for an artist to go on with) and FOLDER/track.json
(where each piece's middle is in each frame). `render` writes FOLDER/render/NNNN.exr: colour in linear light, depth, and `rest`, the place in the plate that a surface shows.
Metres; x to the right, y away from the camera, z up; the building's foot is at z = 0.
"""

import json
import math
import os
import random
import sys

import bmesh
import bpy
from mathutils import Vector

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
    data.clip_start, data.clip_end = 0.05, 5000
    bpy.context.view_layer.update()
    return result


def mesh_object(name, mesh):
    result = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(result)
    return result


def loft(mesh, rings):
    """A closed surface through rings of equally many points."""
    made = [[mesh.verts.new(point) for point in ring] for ring in rings]
    count = len(made[0])
    for lower, upper in zip(made, made[1:]):
        for k in range(count):
            mesh.faces.new((lower[k], lower[(k + 1) % count], upper[(k + 1) % count], upper[k]))
    mesh.faces.new(list(reversed(made[0])))
    mesh.faces.new(made[-1])
    bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces)


def finished(mesh, name):
    result = bpy.data.meshes.new(name)
    mesh.to_mesh(result)
    mesh.free()
    return result


def circle(centre, radius, z, count):
    distance = job["building"]["distance"]
    return [(centre + radius * math.cos(2 * math.pi * k / count), distance + radius * math.sin(2 * math.pi * k / count), z) for k in range(count)]


def solid():
    building, mesh = job["building"], bmesh.new()
    if building["shape"] == "round":
        loft(mesh, [circle(centre, radius, z, 40) for z, centre, radius in building["rings"]])
    else:
        front = building["distance"]
        loft(mesh, [[(x, y, z) for x, z in building["front"]] for y in (front, front + building["depth"])])
    return finished(mesh, "building")


def ring_at(z):
    rings = job["building"]["rings"]
    for lower, upper in zip(rings, rings[1:]):
        if lower[0] <= z <= upper[0]:
            share = (z - lower[0]) / max(1e-6, upper[0] - lower[0])
            return [lower[i] + share * (upper[i] - lower[i]) for i in (1, 2)]
    return rings[-1][1:]


def inset(outline, distance):
    """The outline moved inwards."""
    count = len(outline)
    area = sum(outline[i][0] * outline[(i + 1) % count][1] - outline[(i + 1) % count][0] * outline[i][1] for i in range(count))
    turn, result = (1 if area > 0 else -1), []
    for i in range(count):
        before, here, after = Vector(outline[i - 1]), Vector(outline[i]), Vector(outline[(i + 1) % count])
        first, second = (here - before).normalized(), (after - here).normalized()
        first, second = Vector((-first.y, first.x)) * turn, Vector((-second.y, second.x)) * turn
        middle = first + second
        middle = middle.normalized() if middle.length > 1e-3 else first
        result.append(tuple(here + middle * min(distance / max(0.35, middle.dot(first)), 3 * distance)))
    return result


def rooms(top):
    """One hollow a storey, between walls and floors."""
    building, result = job["building"], bmesh.new()
    wall, storey, slab = building["wall"], building["storey"], building["slab"]
    low = slab
    while low < top - 1.2:
        high, room = min(low + storey - slab, top - 0.6), bmesh.new()
        if building["shape"] == "round":
            ends = [(z, *ring_at(z)) for z in (low, high)]
            if min(radius for _, _, radius in ends) > wall + 0.4:
                loft(room, [circle(centre, radius - wall, z, 24) for z, centre, radius in ends])
        elif building["depth"] > 2 * wall + 0.4:
            front = building["distance"]
            loft(room, [[(x, y, z) for x, z in inset(building["front"], wall)] for y in (front + wall, front + building["depth"] - wall)])
            for z, below in ((low, True), (high, False)):
                cut = bmesh.ops.bisect_plane(room, geom=room.verts[:] + room.edges[:] + room.faces[:], plane_co=(0, 0, z), plane_no=(0, 0, 1), clear_inner=below, clear_outer=not below)
                rim = [edge for edge in cut["geom_cut"] if isinstance(edge, bmesh.types.BMEdge)]
                if rim:
                    bmesh.ops.edgenet_fill(room, edges=rim)
            bmesh.ops.recalc_face_normals(room, faces=room.faces)
        part = finished(room, "room")
        result.from_mesh(part)
        low += storey
    return finished(result, "rooms")


def hollow(building, top):
    cavities = mesh_object("rooms", rooms(top))
    if not cavities.data.polygons:
        bpy.context.scene.collection.objects.unlink(cavities)
        return
    modifier = building.modifiers.new("rooms", "BOOLEAN")
    modifier.operation, modifier.object, modifier.solver = "DIFFERENCE", cavities, "EXACT"
    bpy.context.view_layer.update()
    result = bpy.data.meshes.new_from_object(building.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    building.modifiers.clear()
    # An outline that crosses itself can cost the boolean its result; a solid building is better than none.
    if len(result.polygons) >= len(building.data.polygons):
        building.data = result
    bpy.context.scene.collection.objects.unlink(cavities)


def value(tree, operation, first, second):
    node = tree.nodes.new("ShaderNodeMath")
    node.operation = operation
    for slot, entry in enumerate((first, second)):
        if isinstance(entry, (int, float)):
            node.inputs[slot].default_value = entry
        else:
            tree.links.new(entry, node.inputs[slot])
    return node.outputs[0]


def tree_of(name):
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    material.node_tree.nodes.clear()
    return material, material.node_tree


def rest_aov(tree, vector):
    node = tree.nodes.new("ShaderNodeOutputAOV")
    node.name = "rest"
    tree.links.new(vector, node.inputs["Color"])


def plate_material(view):
    """The plate, thrown from the camera on where the surface was at rest. Standing, it shines as in the plate; moving, it takes light as its colour would."""
    material, tree = tree_of("plate")
    rest = tree.nodes.new("ShaderNodeAttribute")
    rest.attribute_name = "rest"
    inverse = view.matrix_world.inverted()

    def axis(row):
        node = tree.nodes.new("ShaderNodeVectorMath")
        node.operation = "DOT_PRODUCT"
        tree.links.new(rest.outputs["Vector"], node.inputs[0])
        node.inputs[1].default_value = inverse[row][:3]
        return value(tree, "ADD", node.outputs["Value"], inverse[row][3])

    away, focal = value(tree, "MULTIPLY", axis(2), -1), job["camera"]["focalLength"]
    right = value(tree, "ADD", value(tree, "MULTIPLY", value(tree, "DIVIDE", axis(0), away), focal / width), 0.5)
    up = value(tree, "ADD", value(tree, "MULTIPLY", value(tree, "DIVIDE", axis(1), away), focal / height), 0.5)
    place = tree.nodes.new("ShaderNodeCombineXYZ")
    tree.links.new(right, place.inputs[0])
    tree.links.new(up, place.inputs[1])
    image = tree.nodes.new("ShaderNodeTexImage")
    image.image, image.extension, image.interpolation = bpy.data.images.load(job["plate"]), "EXTEND", "Cubic"
    image.image.name = "plate"
    tree.links.new(place.outputs[0], image.inputs[0])
    shine, lit, mix = tree.nodes.new("ShaderNodeEmission"), tree.nodes.new("ShaderNodeBsdfDiffuse"), tree.nodes.new("ShaderNodeMixShader")
    tree.links.new(image.outputs[0], shine.inputs[0])
    tree.links.new(image.outputs[0], lit.inputs[0])
    moved = tree.nodes.new("ShaderNodeAttribute")
    moved.attribute_type, moved.attribute_name = "OBJECT", "moved"
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    for source, target in ((moved.outputs["Fac"], mix.inputs[0]), (shine.outputs[0], mix.inputs[1]), (lit.outputs[0], mix.inputs[2]), (mix.outputs[0], output.inputs[0])):
        tree.links.new(source, target)
    rest_aov(tree, place.outputs[0])
    return material


def inner_material():
    """What breaking shows: lumps and grains of the building's own stuff."""
    material, tree = tree_of("inside")
    stuff = job["building"]["inside"]
    rest = tree.nodes.new("ShaderNodeAttribute")
    rest.attribute_name = "rest"
    noise, lumps, ramp, bump = (tree.nodes.new(kind) for kind in ("ShaderNodeTexNoise", "ShaderNodeTexVoronoi", "ShaderNodeValToRGB", "ShaderNodeBump"))
    noise.inputs["Scale"].default_value, noise.inputs["Detail"].default_value = stuff["scale"], 8
    lumps.inputs["Scale"].default_value = 1.5 * stuff["scale"]
    for element, colour, position in zip(ramp.color_ramp.elements, (stuff["dark"], stuff["light"]), (0.35, 0.7)):
        element.color, element.position = (*colour, 1), position
    bump.inputs["Strength"].default_value, bump.inputs["Distance"].default_value = 0.9, 0.08
    lit, output, inside = tree.nodes.new("ShaderNodeBsdfDiffuse"), tree.nodes.new("ShaderNodeOutputMaterial"), tree.nodes.new("ShaderNodeCombineXYZ")
    inside.inputs[2].default_value = 1
    for source, target in ((rest.outputs["Vector"], noise.inputs["Vector"]), (rest.outputs["Vector"], lumps.inputs["Vector"]), (noise.outputs["Fac"], ramp.inputs[0]),
                           (lumps.outputs["Distance"], bump.inputs["Height"]), (ramp.outputs[0], lit.inputs[0]), (bump.outputs[0], lit.inputs["Normal"]), (lit.outputs[0], output.inputs[0])):
        tree.links.new(source, target)
    rest_aov(tree, inside.outputs[0])
    return material


def break_up(building, low, high):
    """Voronoi cells about seeds that lie closer where the building fails."""
    import addon_utils
    addon_utils.enable("object_fracture_cell")
    seeds, count, weak = [], job["pieces"], job["failure"]["height"] * high.z
    while len(seeds) < count:
        point = Vector((random.uniform(low.x, high.x), random.uniform(low.y, high.y), random.uniform(0, high.z)))
        if random.random() < 0.35 + 0.65 * math.exp(-((point.z - weak) / (0.2 * high.z)) ** 2):
            seeds.append(point)
    cloud = bpy.data.meshes.new("seeds")
    cloud.from_pydata(seeds, [], [])
    parent = mesh_object("seeds", cloud)
    parent.parent = building
    bpy.ops.object.select_all(action="DESELECT")
    bpy.context.view_layer.objects.active = building
    building.select_set(True)
    bpy.ops.object.add_fracture_cell_objects(source={"VERT_CHILD"}, source_limit=0, source_noise=0, recursion=0, use_smooth_faces=False, use_sharp_edges=False, margin=0.002,
                                             material_index=1, use_data_match=True, use_interior_vgroup=False, use_island_split=True, collection_name="")
    pieces = sorted((entry for entry in bpy.context.scene.objects if entry.type == "MESH" and entry.name.startswith("building_cell")), key=lambda entry: entry.name)
    for entry in (building, parent):
        bpy.context.scene.collection.objects.unlink(entry)
    for piece in pieces:
        rest = piece.data.attributes.new("rest", "FLOAT_VECTOR", "POINT")
        rest.data.foreach_set("vector", [part for vertex in piece.data.vertices for part in piece.matrix_world @ vertex.co])
    return pieces


class Piece:
    def __init__(self, entry):
        points = [entry.matrix_world @ vertex.co for vertex in entry.data.vertices]
        self.entry = entry
        self.low = Vector(min(point[k] for point in points) for k in range(3))
        self.high = Vector(max(point[k] for point in points) for k in range(3))
        self.middle = sum(points, Vector()) / len(points)
        self.own_middle = entry.matrix_world.inverted() @ self.middle
        size = self.high - self.low
        self.mass = max(1.0, 0.5 * size.x * size.y * size.z * job["building"]["massPerVolume"])

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
        made.use_margin, made.collision_margin, made.linear_damping, made.angular_damping = True, 0.004, 0.02, 0.1
        return made

    bpy.ops.mesh.primitive_plane_add(size=600, location=(0, job["building"]["distance"], 0))
    ground = bpy.context.active_object
    ground.name, ground.is_shadow_catcher = "ground", True
    body(ground, "PASSIVE", "BOX", 1, 0.9)
    start, failure = job["failure"]["start"], job["failure"]
    for piece in pieces:
        made = body(piece.entry, "ACTIVE", "CONVEX_HULL", piece.mass, 0.75)
        if piece.high.z < failure["stays"] * high.z:
            made.type = "PASSIVE"
            continue
        for frame, held in ((1, True), (max(1, start - 1), True), (start, False)):
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
            bond.breaking_threshold = failure["strength"] * min(piece.mass, other.mass) * 9.81 * step
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


def key(pieces, poses, shot):
    """Copies of the pieces, keyed frame by frame, so that any frame can be rendered alone and an artist can move them; the fall itself stays in a scene of its own."""
    for piece, pose in zip(pieces, poses):
        entry = bpy.data.objects.new("piece", piece.entry.data)
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
        curves.append(('["moved"]', 0, [0.0 if first is None else min(1.0, max(0.0, (i - first) / 6)) for i in range(frames)]))
        for path, index, values in curves:
            curve = action.fcurves.new(path, index=index)
            curve.keyframe_points.add(frames)
            curve.keyframe_points.foreach_set("co", [part for i, entry_value in enumerate(values) for part in (i + 1, entry_value)])
            curve.keyframe_points.foreach_set("interpolation", [1] * frames)
            curve.update()


def light(scene):
    lamp = job["light"]
    sun = bpy.data.objects.new("sun", bpy.data.lights.new("sun", "SUN"))
    scene.collection.objects.link(sun)
    sun.data.energy, sun.data.angle, sun.data.color = lamp["sun"], 0.02, lamp["sunColour"]
    sun.rotation_euler = Vector(lamp["direction"]).to_track_quat("Z", "Y").to_euler()
    world = bpy.data.worlds.new("sky")
    scene.world, world.use_nodes = world, True
    background = world.node_tree.nodes["Background"]
    background.inputs[0].default_value, background.inputs[1].default_value = (*lamp["skyColour"], 1), lamp["sky"]


def build():
    random.seed(job["seed"])
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps, scene.frame_start, scene.frame_end = round(job["rate"]), 1, frames
    view = camera()
    building = mesh_object("building", solid())
    low = Vector(min(vertex.co[k] for vertex in building.data.vertices) for k in range(3))
    high = Vector(max(vertex.co[k] for vertex in building.data.vertices) for k in range(3))
    hollow(building, high.z)
    building.data.materials.append(plate_material(view))
    building.data.materials.append(inner_material())
    pieces = [Piece(entry) for entry in break_up(building, low, high)]
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
    key(pieces, poses, shot)
    light(shot)
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
    light(scene)
    bpy.data.images["plate"].filepath = job["plate"]
    bpy.data.images["plate"].reload()
    scene.render.engine, scene.cycles.device, scene.cycles.samples = "CYCLES", "CPU", job["samples"]
    scene.cycles.use_denoising, scene.cycles.max_bounces, scene.cycles.seed = False, 2, job["seed"]
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = job["renderWidth"], job["renderHeight"], 100
    scene.render.use_persistent_data = True
    scene.render.film_transparent, scene.render.use_motion_blur, scene.render.motion_blur_shutter = True, True, 0.5
    scene.render.threads_mode, scene.render.threads = "FIXED", job["threads"]
    scene.view_settings.view_transform = "Standard"
    layer = scene.view_layers[0]
    layer.use_pass_z, layer.cycles.use_pass_shadow_catcher = True, True
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
