"""What surfaces look like: the plate outside, masonry, concrete or timber where it broke, painted rooms, and light."""

import math

import bpy
import numpy
from mathutils import Vector


class Tree:
    """A material's nodes, written as sums."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()

    def link(self, source, socket):
        if isinstance(source, bpy.types.NodeSocket):
            self.tree.links.new(source, socket)
        else:
            socket.default_value = source

    def node(self, kind, *inputs, **settings):
        made = self.tree.nodes.new(kind)
        for name, setting in settings.items():
            setattr(made, name, setting)
        for slot, entry in enumerate(inputs):
            if entry is not None:
                self.link(entry, made.inputs[slot])
        return made

    def sum(self, operation, first, second=None, third=None):
        return self.node("ShaderNodeMath", first, second, third, operation=operation).outputs[0]

    def vector(self, operation, first, second=None):
        made = self.node("ShaderNodeVectorMath", first, second, operation=operation)
        return made.outputs["Value" if operation in ("DOT_PRODUCT", "LENGTH") else "Vector"]

    def mix(self, share, first, second):
        made = self.node("ShaderNodeMixRGB")
        for slot, entry in enumerate((share, first, second)):
            self.link((*entry, 1) if isinstance(entry, tuple) and len(entry) == 3 else entry, made.inputs[slot])
        return made.outputs[0]

    def attribute(self, name, kind="GEOMETRY"):
        return self.node("ShaderNodeAttribute", attribute_name=name, attribute_type=kind)

    def split(self, vector):
        return self.node("ShaderNodeSeparateXYZ", vector).outputs

    def join(self, x, y, z):
        return self.node("ShaderNodeCombineXYZ", x, y, z).outputs[0]

    def random(self, vector):
        return self.node("ShaderNodeTexWhiteNoise", vector, noise_dimensions="3D").outputs


class Look:
    """Materials of one job."""

    def __init__(self, job, view):
        self.job, self.inverse = job, view.matrix_world.inverted()
        self.image = bpy.data.images.load(job["plate"])
        self.image.name = "plate"
        self.skin = skin(job, self.image)
        lamp = job["light"]
        self.sun, self.direction, self.sky = lamp["sun"], Vector(lamp["direction"]), lamp["sky"]
        self.fill = 0.10 * self.sky + 0.04 * self.sun * max(0.2, self.direction.z)
        self.exposure = self.measure()

    def measure(self):
        """How bright the building's inside has to be to fit the plate: the front, as it is, against a middling surface under the same light."""
        width, height = self.image.size
        pixels = numpy.empty(width * height * 4, numpy.float32)
        self.image.pixels.foreach_get(pixels)
        shown = pixels.reshape(height, width, 4)[:, :, :3]
        left, top, right, bottom = self.job["building"]["seen"]
        x0, x1 = (int(min(max(share * width, 0), width - 1)) for share in (left, right))
        y0, y1 = (int(min(max((1 - share) * height, 0), height - 1)) for share in (bottom, top))
        part = shown[y0:max(y1, y0 + 1), x0 + (x1 - x0) // 5:max(x1 - (x1 - x0) // 5, x0 + 1)]
        linear = numpy.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4) if self.image.colorspace_settings.name == "sRGB" else part
        bright = float(numpy.median(linear.mean(axis=2)))
        facing = max(0.2, self.direction.y * -1) * self.sun / math.pi + 0.65 * self.sky
        self.outside = numpy.minimum(linear.reshape(-1, 3) / facing, 0.85)
        return min(1.25, max(0.45, bright / (0.28 * facing)))

    def lift(self):
        return self.job["height"] - self.job["camera"]["middle"]

    def thrown(self, tree, place):
        """Where the camera sees a place, 0 to 1 across and up."""
        axes = [tree.sum("ADD", tree.vector("DOT_PRODUCT", place, tuple(self.inverse[row][:3])), self.inverse[row][3]) for row in range(3)]
        focal, width, height = self.job["camera"]["focalLength"], self.job["width"], self.job["height"]
        away = tree.sum("MULTIPLY", axes[2], -1.0)
        right = tree.sum("MULTIPLY_ADD", tree.sum("DIVIDE", axes[0], away), focal / width, 0.5)
        up = tree.sum("MULTIPLY_ADD", tree.sum("DIVIDE", axes[1], away), focal / height, self.lift() / height)
        return right, up

    def picture(self, tree, right, up, image):
        return tree.node("ShaderNodeTexImage", tree.join(right, up, 0.0), image=image, extension="EXTEND", interpolation="Cubic").outputs[0]

    def finish(self, tree, colour, normal, inner, gone=None):
        """Standing, what was outside shows the plate; moving, it takes light as its colour would. What was inside is lit as soon as a crack lets it be seen, and it is dark in there."""
        moved = tree.attribute("moved", "OBJECT").outputs["Fac"]
        right, up = self.thrown(tree, tree.attribute("rest").outputs["Vector"])
        lit = tree.node("ShaderNodeBsdfDiffuse", colour)
        if normal is not None:
            tree.link(normal, lit.inputs["Normal"])
        if inner:
            wide = tree.attribute("open", "OBJECT").outputs["Fac"]
            # Light from all sides that a few bounces do not bring.
            fill, shine = tree.sum("MULTIPLY", self.fill, tree.sum("MULTIPLY_ADD", wide, 0.85, 0.15)), self.picture(tree, right, up, self.skin)
            shows = tree.sum("GREATER_THAN", tree.sum("ADD", wide, tree.sum("GREATER_THAN", moved, 0.05)), 0.0001)
            share = shows
        else:
            fill, shine = self.fill, self.picture(tree, *self.thrown(tree, tree.attribute("show").outputs["Vector"]), self.skin)
            shows, share = tree.sum("GREATER_THAN", moved, 0.0001), moved
            if gone is not None:
                shows, share = tree.sum("MAXIMUM", shows, tree.sum("GREATER_THAN", gone, 0.0001)), tree.sum("MAXIMUM", moved, gone)
        mixed = tree.node("ShaderNodeMixShader", share, tree.node("ShaderNodeEmission", shine).outputs[0],
                          tree.node("ShaderNodeAddShader", lit.outputs[0], tree.node("ShaderNodeEmission", colour, fill).outputs[0]).outputs[0])
        tree.node("ShaderNodeOutputMaterial", mixed.outputs[0])
        mark = tree.node("ShaderNodeOutputAOV")
        mark.name = "rest"
        tree.link(tree.join(right, up, shows), mark.inputs["Color"])
        return tree.material

    def plate(self):
        """The plate's picture, with the light that fell on it at rest taken off again."""
        tree = Tree("plate")
        colour = self.picture(tree, *self.thrown(tree, tree.attribute("show").outputs["Vector"]), self.skin)
        normal = tree.attribute("restn").outputs["Vector"]
        sun = tree.sum("MULTIPLY", tree.sum("MAXIMUM", tree.vector("DOT_PRODUCT", normal, tuple(self.direction)), 0.0), self.sun / math.pi)
        sky, lamp = sum_of_sky(tree, normal, self.sky), self.job["light"]
        # In the colours of sun and sky: a piece that has hardly moved gets back what it had.
        fell = tree.join(*(tree.sum("MAXIMUM", tree.sum("ADD", tree.sum("MULTIPLY_ADD", sun, lamp["sunColour"][k], self.fill), tree.sum("MULTIPLY", sky, lamp["skyColour"][k])), 0.2) for k in range(3)))
        divided = tree.vector("DIVIDE", colour, fell)
        red, green, blue = tree.split(divided)
        most = tree.sum("MAXIMUM", red, tree.sum("MAXIMUM", green, blue))
        # Brighter than white is where the given light is not the plate's; it is taken down with its hue kept.
        scaled = tree.node("ShaderNodeVectorMath", divided, operation="SCALE")
        tree.link(tree.sum("MINIMUM", tree.sum("DIVIDE", 1.6, most), 1.0), scaled.inputs["Scale"])
        bound = scaled.outputs[0]
        if self.job["building"]["material"] != "glass":
            return self.finish(tree, bound, None, False)
        gone, bare = self.bare(tree, normal)
        return self.finish(tree, tree.mix(gone, bound, bare), None, False, gone)

    def bare(self, tree, normal):
        """How far panes are gone from a piece, and what is behind them: edges of slabs, posts, dark rooms. As `DebrisLook.Bare` has it."""
        place, building = tree.attribute("rest").outputs["Vector"], self.job["building"]
        (x, y, z), lies = tree.split(place), tree.split(normal)
        upright = tree.sum("LESS_THAN", tree.sum("ABSOLUTE", lies[2]), 0.5)
        wide, moved = (tree.attribute(name, "OBJECT").outputs["Fac"] for name in ("open", "moved"))
        cracked = tree.node("ShaderNodeMapRange", wide, 0.03, 0.13, 0.0, 1.0).outputs[0]
        gone = tree.sum("MULTIPLY", upright, tree.sum("MAXIMUM", cracked, tree.node("ShaderNodeMapRange", moved, 0.0, 0.15, 0.0, 1.0).outputs[0]))
        slab = tree.sum("LESS_THAN", tree.sum("MODULO", tree.sum("MAXIMUM", z, 0.0), building["storey"]), building["slab"])
        post = tree.sum("LESS_THAN", tree.sum("FRACT", tree.sum("DIVIDE", tree.sum("SUBTRACT", tree.sum("MULTIPLY", y, lies[0]), tree.sum("MULTIPLY", x, lies[1])), 1.5)), 0.06)
        edge, _ = self.concrete(tree, place)
        scaled = tree.node("ShaderNodeVectorMath", edge, operation="SCALE")
        tree.link(0.85 * self.exposure, scaled.inputs["Scale"])
        return gone, tree.mix(slab, tree.mix(post, (0.034, 0.036, 0.038), (0.16, 0.17, 0.18)), scaled.outputs[0])

    def inside(self):
        tree = Tree("inside")
        place = tree.attribute("rest").outputs["Vector"]
        colour, height = getattr(self, self.job["building"]["material"])(tree, place)
        dirt = tree.node("ShaderNodeTexNoise", place)
        dirt.inputs["Scale"].default_value, dirt.inputs["Detail"].default_value = 1.3, 6
        shade = tree.node("ShaderNodeMapRange", dirt.outputs["Fac"], 0.3, 0.7, 0.62 * self.exposure, 1.1 * self.exposure).outputs[0]
        scaled = tree.node("ShaderNodeVectorMath", colour, operation="SCALE")
        tree.link(shade, scaled.inputs["Scale"])
        bump = tree.node("ShaderNodeBump")
        bump.inputs["Strength"].default_value, bump.inputs["Distance"].default_value = 0.8, 0.06
        tree.link(height, bump.inputs["Height"])
        return self.finish(tree, scaled.outputs[0], bump.outputs[0], True)

    def fine(self, tree, place, scale, detail=5):
        made = tree.node("ShaderNodeTexNoise", place)
        made.inputs["Scale"].default_value, made.inputs["Detail"].default_value = scale, detail
        return made.outputs["Fac"]

    def unit(self, size):
        """A length no shorter than four pixels, so that courses do not flicker."""
        return max(size, 4 * self.job["building"]["distance"] / (self.job["camera"]["focalLength"] * self.job["renderWidth"] / self.job["width"]))

    def bricks(self, tree, place, length, width, rise, joint):
        x, y, z = tree.split(place)
        course = tree.sum("FLOOR", tree.sum("DIVIDE", z, rise))
        half = tree.sum("MULTIPLY", tree.sum("MODULO", course, 2.0), 0.5)
        cells = [tree.sum("ADD", tree.sum("DIVIDE", x, length), half), tree.sum("ADD", tree.sum("DIVIDE", y, width), half), tree.sum("DIVIDE", z, rise)]
        edges = [tree.sum("MULTIPLY", tree.sum("PINGPONG", cell, 0.5), size) for cell, size in zip(cells, (length, width, rise))]
        near = tree.sum("MINIMUM", edges[0], tree.sum("MINIMUM", edges[1], edges[2]))
        clay = tree.node("ShaderNodeMapRange", near, 0.4 * joint, joint, 0.0, 1.0).outputs[0]
        own = tree.random(tree.join(*(tree.sum("FLOOR", cell) for cell in cells)))
        return clay, own[0]

    def brick(self, tree, place):
        rise = self.unit(0.075)
        clay, own = self.bricks(tree, tree.vector("ADD", place, tree.node("ShaderNodeVectorMath", tree.node("ShaderNodeTexNoise", place).outputs["Color"], (0.06, 0.06, 0.03), operation="MULTIPLY").outputs[0]),
                                3 * rise, 1.5 * rise, rise, 0.1 * rise)
        stuff = self.job["building"]["inside"]
        body = tree.mix(own, tuple(stuff["dark"]), tuple(stuff["light"]))
        grain = self.fine(tree, place, 22.0)
        return tree.mix(clay, tree.mix(grain, (0.26, 0.21, 0.17), (0.50, 0.43, 0.36)), body), tree.sum("ADD", tree.sum("MULTIPLY", clay, tree.sum("MULTIPLY_ADD", own, 0.7, 0.3)), tree.sum("MULTIPLY", grain, 0.6))

    def stone(self, tree, place):
        stuff, size = self.job["building"]["inside"], self.unit(0.3)
        warped = tree.vector("ADD", place, tree.node("ShaderNodeVectorMath", tree.node("ShaderNodeTexNoise", place).outputs["Color"], (0.2, 0.2, 0.1), operation="MULTIPLY").outputs[0])
        lumps = tree.node("ShaderNodeTexVoronoi", warped, feature="DISTANCE_TO_EDGE")
        lumps.inputs["Scale"].default_value = 1 / size
        kinds = tree.node("ShaderNodeTexVoronoi", warped, feature="F1")
        kinds.inputs["Scale"].default_value = 1 / size
        body = tree.node("ShaderNodeMapRange", lumps.outputs["Distance"], 0.03, 0.10, 0.0, 1.0).outputs[0]
        grain = self.fine(tree, place, 9.0)
        own = tree.split(kinds.outputs["Color"])[0]
        return tree.mix(body, (0.46, 0.43, 0.38), tree.mix(tree.sum("MULTIPLY_ADD", grain, 0.5, tree.sum("MULTIPLY", own, 0.5)), tuple(stuff["dark"]), tuple(stuff["light"]))), \
            tree.sum("MULTIPLY_ADD", body, 1.2, grain)

    def concrete(self, tree, place):
        stuff = self.job["building"]["inside"]
        grit = tree.node("ShaderNodeTexVoronoi", place, feature="F1")
        grit.inputs["Scale"].default_value = 1 / self.unit(0.05)
        grain, own = self.fine(tree, place, 6.0, 8), tree.split(grit.outputs["Color"])[1]
        body = tree.mix(grain, tuple(stuff["dark"]), tuple(stuff["light"]))
        pebble = tree.node("ShaderNodeMapRange", own, 0.55, 0.8, 0.0, 0.7).outputs[0]
        return tree.mix(pebble, body, (0.40, 0.36, 0.31)), tree.sum("MULTIPLY_ADD", grit.outputs["Distance"], 0.5, grain)

    glass = concrete

    def timber(self, tree, place):
        stuff = self.job["building"]["inside"]
        long = tree.node("ShaderNodeVectorMath", place, (9.0, 9.0, 0.8), operation="MULTIPLY").outputs[0]
        grain = self.fine(tree, long, 2.5, 8)
        pith = self.fine(tree, place, 1.1, 3)
        plaster = tree.node("ShaderNodeMapRange", pith, 0.52, 0.56, 0.0, 0.9).outputs[0]
        wood = tree.mix(tree.node("ShaderNodeMapRange", grain, 0.35, 0.65, 0.0, 1.0).outputs[0], tuple(stuff["dark"]), tuple(stuff["light"]))
        # Panels between the posts are clay and straw on laths.
        return tree.mix(plaster, wood, (0.52, 0.45, 0.36)), tree.sum("MULTIPLY", grain, 1.6)

    def room(self):
        """Walls in a colour of their own for each room, pale ceilings, floors of boards."""
        tree = Tree("room")
        place, normal = tree.attribute("rest").outputs["Vector"], tree.attribute("restn").outputs["Vector"]
        x, y, z = tree.split(place)
        level = tree.sum("FLOOR", tree.sum("DIVIDE", z, self.job["building"]["storey"]))
        own = tree.random(tree.join(tree.sum("FLOOR", tree.sum("DIVIDE", x, 6.0)), tree.sum("FLOOR", tree.sum("DIVIDE", y, 6.0)), level))[0]
        paint = tree.node("ShaderNodeValToRGB", own)
        colours = ((0.60, 0.53, 0.40), (0.42, 0.50, 0.42), (0.62, 0.60, 0.55), (0.40, 0.47, 0.54), (0.56, 0.40, 0.34), (0.60, 0.50, 0.28))
        ramp = paint.color_ramp
        ramp.interpolation = "CONSTANT"
        while len(ramp.elements) < len(colours):
            ramp.elements.new(0.5)
        for k, (element, colour) in enumerate(zip(ramp.elements, colours)):
            element.position, element.color = k / len(colours), (*colour, 1)
        grain = self.fine(tree, place, 2.2)
        boards = tree.mix(tree.random(tree.join(tree.sum("FLOOR", tree.sum("DIVIDE", x, self.unit(0.18))), 0.0, level))[0], (0.16, 0.09, 0.05), (0.30, 0.18, 0.10))
        upright = tree.split(normal)[2]
        skirting = tree.sum("LESS_THAN", tree.sum("SUBTRACT", tree.sum("SUBTRACT", z, tree.sum("MULTIPLY", level, self.job["building"]["storey"])), self.job["building"]["slab"]), self.unit(0.14))
        wall = tree.mix(skirting, paint.outputs[0], (0.20, 0.14, 0.10))
        # Normals of a hollow point into the room: a floor's points up.
        floor, ceiling = tree.sum("GREATER_THAN", upright, 0.7), tree.sum("LESS_THAN", upright, -0.7)
        colour = tree.mix(floor, tree.mix(ceiling, wall, (0.62, 0.61, 0.58)), boards)
        scaled = tree.node("ShaderNodeVectorMath", colour, operation="SCALE")
        tree.link(tree.node("ShaderNodeMapRange", grain, 0.3, 0.7, 0.75 * self.exposure, 1.05 * self.exposure).outputs[0], scaled.inputs["Scale"])
        return self.finish(tree, scaled.outputs[0], None, True)

    def steel(self):
        tree = Tree("steel")
        return self.finish(tree, tree.mix(self.fine(tree, tree.attribute("rest").outputs["Vector"], 8.0), (0.10, 0.06, 0.045), (0.26, 0.14, 0.09)), None, True)

    def grit(self):
        """Rubble in the colour that each piece of it was given."""
        tree = Tree("grit")
        lit = tree.node("ShaderNodeBsdfDiffuse", tree.attribute("tint").outputs["Color"])
        tree.node("ShaderNodeOutputMaterial", lit.outputs[0])
        mark = tree.node("ShaderNodeOutputAOV", (0.0, 0.0, 1.0, 1.0))
        mark.name = "rest"
        return tree.material

    def shard(self):
        """Glass in the colours that each corner was given: darker than the pane, with the sky in it at a flat angle, and the sun where it mirrors it."""
        tree, lamp = Tree("shard"), self.job["light"]
        lit = tree.node("ShaderNodeBsdfDiffuse", tree.attribute("tint").outputs["Color"])
        seen = tree.node("ShaderNodeNewGeometry").outputs
        mirrored = tree.vector("REFLECT", tree.vector("MULTIPLY", seen["Incoming"], (-1, -1, -1)), seen["Normal"])
        near = tree.node("ShaderNodeMapRange", tree.vector("DOT_PRODUCT", mirrored, tuple(self.direction)), 0.97, 0.995, 0.0, 1.6 * self.sun).outputs[0]
        facing = tree.sum("SUBTRACT", 1.0, tree.sum("ABSOLUTE", tree.vector("DOT_PRODUCT", seen["Incoming"], seen["Normal"])))
        sky = tree.sum("MULTIPLY", tree.sum("MULTIPLY_ADD", tree.sum("POWER", facing, 5.0), 0.9, 0.1), tree.sum("MULTIPLY", tree.sum("GREATER_THAN", tree.split(mirrored)[2], 0.0), self.sky))
        shine = tree.join(*(tree.sum("MULTIPLY_ADD", near, lamp["sunColour"][k], tree.sum("MULTIPLY", sky, lamp["skyColour"][k])) for k in range(3)))
        tree.node("ShaderNodeOutputMaterial", tree.node("ShaderNodeAddShader", lit.outputs[0], tree.node("ShaderNodeEmission", shine).outputs[0]).outputs[0])
        mark = tree.node("ShaderNodeOutputAOV", (0.0, 0.0, 1.0, 1.0))
        mark.name = "rest"
        return tree.material

    def all(self):
        return [self.plate(), self.inside(), self.room(), self.steel()]


def mask(runs):
    """Rows of begins and ends as an array, the lowest row first, as pictures have it here."""
    result = numpy.zeros((runs["height"], runs["width"]), bool)
    for y, row in enumerate(runs["rows"]):
        for begin, end in zip(row[::2], row[1::2]):
            result[runs["height"] - 1 - y, begin:end] = True
    return result


def skin(job, plate):
    """The plate with nothing but the building in it: what stands before it, and what lies beyond its outline, is made of its own pixels, mirrored at the rim."""
    width, height = plate.size
    pixels = numpy.empty(width * height * 4, numpy.float32)
    plate.pixels.foreach_get(pixels)
    pixels = pixels.reshape(height, width, 4)
    rows, columns = ((numpy.arange(length) + 0.5) / length for length in (height, width))

    def sized(runs):
        small = mask(runs)
        return small[(rows * small.shape[0]).astype(int)][:, (columns * small.shape[1]).astype(int)]

    own = sized(job["silhouette"]) & ~sized(job["before"])
    # A pixel at the rim is half another thing's.
    own[1:-1, 1:-1] &= own[:-2, 1:-1] & own[2:, 1:-1] & own[1:-1, :-2] & own[1:-1, 2:]
    place = numpy.arange(width)
    whole = numpy.zeros(height, bool)
    for y in range(height):
        here = own[y]
        if here.sum() < 8:
            continue
        whole[y] = True
        before = numpy.maximum.accumulate(numpy.where(here, place, -10 ** 6))
        after = numpy.minimum.accumulate(numpy.where(here, place, 10 ** 6)[::-1])[::-1]
        rim = numpy.where(place - before <= after - place, before, after)
        mirrored = numpy.clip(2 * rim - place, 0, width - 1)
        mirrored = numpy.where(here[mirrored], mirrored, rim)
        pixels[y, ~here] = pixels[y, mirrored[~here]]
    known = numpy.flatnonzero(whole)
    if len(known):
        for y in numpy.flatnonzero(~whole):
            rim = known[numpy.abs(known - y).argmin()]
            mirrored = 2 * rim - y
            pixels[y] = pixels[mirrored if 0 <= mirrored < height and whole[mirrored] else rim]
    made = bpy.data.images.new("skin", width, height, alpha=False, float_buffer=plate.is_float)
    made.colorspace_settings.name = plate.colorspace_settings.name
    made.pixels.foreach_set(pixels.reshape(-1))
    made.pack()
    return made


def sum_of_sky(tree, normal, sky):
    """What an upright wall sees of the sky, and a roof."""
    return tree.sum("MULTIPLY_ADD", tree.split(normal)[2], 0.35 * sky, 0.65 * sky)


def light(job, scene):
    lamp = job["light"]
    sun = bpy.data.objects.new("sun", bpy.data.lights.new("sun", "SUN"))
    scene.collection.objects.link(sun)
    sun.data.energy, sun.data.angle, sun.data.color = lamp["sun"], 0.02, lamp["sunColour"]
    sun.rotation_euler = Vector(lamp["direction"]).to_track_quat("Z", "Y").to_euler()
    world = bpy.data.worlds.new("sky")
    scene.world, world.use_nodes = world, True
    background = world.node_tree.nodes["Background"]
    background.inputs[0].default_value, background.inputs[1].default_value = (*lamp["skyColour"], 1), lamp["sky"]
