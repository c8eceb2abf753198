"""Which part of the picture a frame of the fall touches, so that no more of it is rendered."""

import bpy
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Vector

# Of the picture: room for motion blur and for the pixel filter. Metres: how far the sky's own shadow of a piece reaches over the ground.
ROOM, REACH = 0.02, 2.5


def corners(entry):
    return [entry.matrix_world @ Vector(corner) for corner in entry.bound_box]


def limit(scene, towards):
    """Sets the border to all that is solid in the frame that is set, its shadow on the ground, and a margin. `towards` leads to the sun."""
    graph = bpy.context.evaluated_depsgraph_get()
    places, sun = [], Vector(towards)
    for entry in scene.objects:
        if entry.type != "MESH" or entry.is_shadow_catcher or entry.hide_render:
            continue
        for place in corners(entry.evaluated_get(graph)):
            places.append(place)
            ground = place - sun * (place.z / max(sun.z, 0.05)) if place.z > 0 else place
            places.extend((place + Vector((x, y, 0)) if place.z < REACH else place) for x, y in ((-REACH, 0), (REACH, 0), (0, -REACH), (0, REACH)))
            places.append(Vector((ground.x, ground.y, 0)))
    seen = [world_to_camera_view(scene, scene.camera, place) for place in places]
    render = scene.render
    # What is behind the camera could be anywhere.
    if not seen or any(place.z <= scene.camera.data.clip_start for place in seen):
        render.use_border = False
        return
    render.use_border, render.use_crop_to_border = True, False
    render.border_min_x, render.border_max_x = max(0, min(place.x for place in seen) - ROOM), min(1, max(place.x for place in seen) + ROOM)
    render.border_min_y, render.border_max_y = max(0, min(place.y for place in seen) - ROOM), min(1, max(place.y for place in seen) + ROOM)
    if render.border_min_x >= render.border_max_x or render.border_min_y >= render.border_max_y:
        render.use_border = False
