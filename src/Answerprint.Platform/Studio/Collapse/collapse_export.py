"""Hands the fall to a renderer outside Blender: FOLDER/pieces.bin, little endian, without padding.

    8 bytes "APPIECES", u32 version 1, u32 frames, u32 objects; then each object:
    u32 kind (0: moved by its poses; 1: its corners are in grit.pc2), u32 corners, u32 triangles
    f32 x 3 per corner   place in the object's own axes (kind 0)
    f32 x 3 per corner   `rest`: the place in the scene before the fall (kind 0)
    f32 x 3 per corner   `tint`: linear colour (kind 1)
    u32 x 3 per triangle corners
    u8 per triangle      material: 0 plate, 1 inside, 2 room, 3 steel, 4 rubble in its own tint, 5 glass in its own tint
    f32 x 9 per triangle `show` of its three corners (kind 0)
    f32 x 3 per triangle `restn`, the face's normal before the fall (kind 0)
    f32 x 15 per frame   rows of the 3 x 4 matrix into the scene, `moved` and `open`, 0 to 1 each, and whether it is there, 0 or 1 (kind 0)
"""

import os
import struct

import numpy
from mathutils import Matrix, Quaternion, Vector

MATERIALS = {"plate": 0, "inside": 1, "room": 2, "steel": 3, "grit": 4, "shard": 5}


def taken(collection, name, count, kind="f4"):
    result = numpy.empty(count, kind)
    collection.foreach_get(name, result)
    return result


def attribute(mesh, name, shape):
    entry = mesh.attributes.get(name)
    return None if entry is None else taken(entry.data, "color" if entry.data_type.endswith("COLOR") else "vector", shape[0] * shape[1]).reshape(shape)


def curves(entry):
    action = entry.animation_data.action if entry.animation_data else None
    return {(curve.data_path, curve.array_index): curve for curve in action.fcurves} if action else {}


def poses(entry, frames):
    """Matrix, `moved`, `open` and presence of an object in each frame, from its keys."""
    known = curves(entry)

    def value(path, index, frame, otherwise):
        curve = known.get((path, index))
        return otherwise if curve is None else curve.evaluate(frame)

    result = numpy.zeros((frames, 15), "f4")
    for k in range(frames):
        place = Vector(value("location", i, k + 1, entry.location[i]) for i in range(3))
        turn = Quaternion([value("rotation_quaternion", i, k + 1, entry.rotation_quaternion[i]) for i in range(4)])
        size = Vector(value("scale", i, k + 1, entry.scale[i]) for i in range(3))
        matrix = Matrix.LocRotScale(place, turn.normalized(), size)
        result[k, :12] = [part for row in matrix[:3] for part in row]
        result[k, 12] = value('["moved"]', 0, k + 1, entry.get("moved", 1.0))
        result[k, 13] = value('["open"]', 0, k + 1, entry.get("open", 1.0))
        result[k, 14] = 0 if value("hide_render", 0, k + 1, entry.hide_render) > 0.5 else 1
    return result


def write_object(file, entry, frames):
    mesh = entry.data
    mesh.calc_loop_triangles()
    corners, triangles, cached = len(mesh.vertices), len(mesh.loop_triangles), any(modifier.type == "MESH_CACHE" for modifier in entry.modifiers)
    file.write(struct.pack("<3I", 1 if cached else 0, corners, triangles))
    own = taken(mesh.vertices, "co", 3 * corners).reshape(-1, 3)
    flight = None if cached else poses(entry, frames)
    if cached:
        tint = attribute(mesh, "tint", (corners, 4))
        file.write((numpy.full((corners, 3), 0.4, "f4") if tint is None else numpy.ascontiguousarray(tint[:, :3])).tobytes())
    else:
        file.write(own.tobytes())
        rest = attribute(mesh, "rest", (corners, 3))
        if rest is None:
            first = flight[0, :12].reshape(3, 4)
            rest = (own @ first[:, :3].T + first[:, 3]).astype("f4")
        file.write(rest.tobytes())
    file.write(taken(mesh.loop_triangles, "vertices", 3 * triangles, "u4").tobytes())
    slots = numpy.array([MATERIALS.get(material.name.split(".")[0], 1) if material else 1 for material in mesh.materials] or [1], "u1")
    file.write(slots[numpy.minimum(taken(mesh.loop_triangles, "material_index", triangles, "i4"), len(slots) - 1)].tobytes())
    if cached:
        return
    loops, count = taken(mesh.loop_triangles, "loops", 3 * triangles, "i4"), len(mesh.loops)
    show, lies = attribute(mesh, "show", (count, 3)), attribute(mesh, "restn", (count, 3))
    of = taken(mesh.loops, "vertex_index", count, "i4")
    file.write((rest[of] if show is None else show)[loops].tobytes())
    file.write((taken(mesh.loop_triangles, "normal", 3 * triangles).reshape(-1, 3) if lies is None else lies[loops[::3]]).tobytes())
    file.write(flight.tobytes())


def write(scene, folder, frames):
    """All that is drawn of a scene, its shadow catchers left out."""
    entries = sorted((entry for entry in scene.objects if entry.type == "MESH" and not entry.is_shadow_catcher and len(entry.data.polygons)), key=lambda entry: entry.name)
    path = os.path.join(folder, "pieces.bin")
    with open(path + ".part", "wb") as file:
        file.write(struct.pack("<8s3I", b"APPIECES", 1, frames, len(entries)))
        for entry in entries:
            write_object(file, entry, frames)
    os.replace(path + ".part", path)
