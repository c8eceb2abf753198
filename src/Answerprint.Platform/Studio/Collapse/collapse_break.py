"""Breaks a hollow building into cells: convex ones about seeds (Voronoi), cut from its walls and floors."""

import itertools
import math
import random

import bmesh
import bpy
from mathutils import Vector, geometry

import collapse_form as form

# Metres: between two cells; corners nearer than the second are one.
GAP, SAME = 0.002, 0.005
# How many of the seeds lie on walls and floors.
ON = 0.6


def seeds(job, building, low, high):
    """Closer where the building fails; most of them on walls and floors, for what lies in a room's air breaks nothing, and some close together, for fragments are of all sizes."""
    result, level = [], job["failure"]["height"] * high.z
    building.data.calc_loop_triangles()
    corners = [[building.data.vertices[k].co for k in triangle.vertices] for triangle in building.data.loop_triangles]
    sums = list(itertools.accumulate(triangle.area for triangle in building.data.loop_triangles))
    while len(result) < job["pieces"]:
        lies = random.random() < ON
        if lies:
            a, b, c = random.choices(corners, cum_weights=sums)[0]
            first, second = sorted((random.random(), random.random()))
            point = first * a + (second - first) * b + (1 - second) * c
        else:
            point = Vector((random.uniform(low.x, high.x), random.uniform(low.y, high.y), random.uniform(0, high.z)))
        if random.random() >= 0.35 + 0.65 * math.exp(-((point.z - level) / (0.2 * high.z)) ** 2):
            continue
        near = random.choice((1, 1, 1, 2, 4)) if lies else 1
        result.extend(point + Vector(random.gauss(0, 0.035 * high.z if k else 0.1) for _ in range(3)) for k in range(near))
    return result[:job["pieces"]]


def cells(points, low, high):
    """The corners of each point's cell, counted from the point. A plane between two points can only cut a cell that reaches half way to it."""
    for point in points:
        planes = []
        for axis in range(3):
            for sign, side in ((1, high), (-1, low)):
                planes.append(Vector([sign if k == axis else 0.0 for k in range(3)] + [-sign * (side[axis] - point[axis]) - 0.05]))
        corners = []
        for other in sorted((entry for entry in points if entry is not point), key=lambda entry: (entry - point).length_squared):
            away = other - point
            if corners and away.length / 2 > max(corner.length for corner in corners):
                break
            planes.append(Vector((*away.normalized(), GAP / 2 - away.length / 2)))
            corners, used = geometry.points_in_planes(planes)
            if not corners:
                break
            planes = [planes[k] for k in used]
        yield corners


def cell(place, corners, building):
    made = bmesh.new()
    for corner in corners:
        # A hull of corners that lie exactly in one plane can fail.
        made.verts.new(corner + Vector([random.uniform(-0.0005, 0.0005) for _ in range(3)]))
    bmesh.ops.remove_doubles(made, verts=made.verts, dist=SAME)
    if len(made.verts) < 4:
        made.free()
        return None
    bmesh.ops.convex_hull(made, input=made.verts)
    bmesh.ops.dissolve_limit(made, verts=made.verts, edges=made.edges, angle_limit=0.001)
    for face in made.faces:
        face.material_index = form.INSIDE
    mesh = form.finished(made, "cell")
    for material in building.data.materials:
        mesh.materials.append(material)
    result = form.mesh_object("cell", mesh)
    result.location = place
    modifier = result.modifiers.new("cut", "BOOLEAN")
    modifier.operation, modifier.object, modifier.solver = "INTERSECT", building, "EXACT"
    return result


def islands(made):
    """Lists of faces that hang together."""
    result, seen = [], set()
    for start in made.faces:
        if start in seen:
            continue
        part, stack = [], [start]
        seen.add(start)
        while stack:
            face = stack.pop()
            part.append(face)
            for vertex in face.verts:
                for other in vertex.link_faces:
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
        result.append(part)
    return result


def parts(mesh, place):
    """What is left of a cell, in places of the world: walls on two sides of a room are two pieces."""
    made = bmesh.new()
    made.from_mesh(mesh)
    made.transform(place)
    bmesh.ops.dissolve_limit(made, verts=made.verts, edges=made.edges, angle_limit=0.001)
    bmesh.ops.remove_doubles(made, verts=made.verts, dist=SAME)
    for part in islands(made):
        corners, one = {}, bmesh.new()
        for face in part:
            points = []
            for vertex in face.verts:
                if vertex not in corners:
                    corners[vertex] = one.verts.new(vertex.co)
                points.append(corners[vertex])
            # Where a wall is cut to next to nothing, its two sides are of the same corners.
            if one.faces.get(points) is None:
                one.faces.new(points).material_index = face.material_index
        one.normal_update()
        if len(one.faces) >= 4:
            yield one
        else:
            one.free()
    made.free()


def break_up(job, building, low, high, told):
    """The pieces as meshes in places of the world; long cells along the grain of timber. `told` gets the share that is done."""
    scene, long = bpy.context.scene, {"timber": 1.5}.get(job["building"]["material"], 1)
    points = [Vector((point.x, point.y, point.z / long)) for point in seeds(job, building, low, high)]
    flat = Vector((low.x, low.y, low.z / long)), Vector((high.x, high.y, high.z / long))
    made = []
    for point, corners in zip(points, cells(points, *flat)):
        one = cell(Vector((point.x, point.y, point.z * long)), [Vector((corner.x, corner.y, corner.z * long)) for corner in corners], building)
        if one is None:
            continue
        made.append(one)
        # Cut now and then, not all at the end, so that it can be told how far it is.
        if len(made) % 32 == 0:
            bpy.context.view_layer.update()
            told(len(made) / len(points))
    bpy.context.view_layer.update()
    graph, result = bpy.context.evaluated_depsgraph_get(), []
    for entry in made:
        mesh = bpy.data.meshes.new_from_object(entry.evaluated_get(graph))
        result.extend(parts(mesh, entry.matrix_world.copy()))
        bpy.data.meshes.remove(mesh)
    for entry in made:
        mesh = entry.data
        bpy.data.objects.remove(entry)
        bpy.data.meshes.remove(mesh)
    scene.collection.objects.unlink(building)
    return result
