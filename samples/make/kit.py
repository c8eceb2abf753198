"""Building blocks shared by the three sets: meshes, node materials, passes, cameras.

Run inside Blender 3.4 (headless). Everything is seeded; one unit is one metre.
"""
import math
import os
import random

import bpy
from mathutils import Vector


# ---------------------------------------------------------------- scene

def reset():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = 'CYCLES'
    scene.world = bpy.data.worlds.new('world')
    scene.world.use_nodes = True
    return scene


def camera(scene, position, look_at, lens=35.0, shift=(0, 0), fstop=None, focus=None, level=True):
    """A locked-off camera. `level` keeps verticals upright, as an architectural lens does."""
    data = bpy.data.cameras.new('camera')
    obj = bpy.data.objects.new('camera', data)
    scene.collection.objects.link(obj)
    obj.location = position
    aim = Vector(look_at) - Vector(position)
    if level:
        aim.z = 0
    obj.rotation_euler = aim.to_track_quat('-Z', 'Y').to_euler()
    data.lens, data.sensor_width = lens, 36.0
    data.shift_x, data.shift_y = shift
    if fstop:
        data.dof.use_dof = True
        data.dof.aperture_fstop = fstop
        data.dof.focus_distance = focus
        data.dof.aperture_blades = 9
    scene.camera = obj
    return obj


def lightgroups(view_layer, names):
    for name in names:
        view_layer.lightgroups.add(name=name)


def sun(scene, group, towards, energy, colour, angle, times=4):
    """The sun, as several lamps in one place: each lamp has an equal share of the samples, and the sun needs most."""
    for _ in range(times):
        light(scene, 'SUN', group, (0, 0, 30), tuple(Vector((0, 0, 30)) - Vector(towards)), energy / times, colour, angle=angle)


def light(scene, kind, group, position, target=None, energy=10.0, colour=(1, 1, 1), **settings):
    data = bpy.data.lights.new(group, kind)
    data.energy, data.color = energy, colour
    for key, value in settings.items():
        setattr(data, key, value)
    obj = bpy.data.objects.new(group, data)
    obj.location = position
    if target is not None:
        obj.rotation_euler = (Vector(target) - Vector(position)).to_track_quat('-Z', 'Y').to_euler()
    obj.lightgroup = group
    scene.collection.objects.link(obj)
    return obj


# ---------------------------------------------------------------- meshes

class Shape:
    """Collects faces of one material into one mesh, so that a set stays a few dozen objects."""

    def __init__(self, name, material, bevel=0.0, smooth=False, segments=2):
        self.name, self.material, self.bevel, self.smooth, self.segments = name, material, bevel, smooth, segments
        self.verts, self.faces = [], []

    def quad(self, a, b, c, d):
        return self.poly([a, b, c, d])

    def poly(self, points):
        start = len(self.verts)
        self.verts += [tuple(p) for p in points]
        self.faces.append(tuple(range(start, start + len(points))))
        return self

    def box(self, x0, x1, y0, y1, z0, z1, turn=0.0, pivot=None, tilt=0.0):
        corners = [(x, y, z) for z in (z0, z1) for y in (y0, y1) for x in (x0, x1)]
        if turn or tilt:
            px, py, pz = pivot or ((x0 + x1) / 2, (y0 + y1) / 2, z0)
            c, s, ct, st = math.cos(turn), math.sin(turn), math.cos(tilt), math.sin(tilt)
            moved = []
            for x, y, z in corners:
                x, z = px + (x - px) * ct + (z - pz) * st, pz - (x - px) * st + (z - pz) * ct
                moved.append((px + (x - px) * c - (y - py) * s, py + (x - px) * s + (y - py) * c, z))
            corners = moved
        start = len(self.verts)
        self.verts += corners
        for face in ((0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)):
            self.faces.append(tuple(start + i for i in face))
        return self

    def grid(self, rows, closed=False):
        """Rows of points, joined; `closed` joins the last column to the first."""
        start, width = len(self.verts), len(rows[0])
        for row in rows:
            self.verts += [tuple(p) for p in row]
        for j in range(len(rows) - 1):
            for i in range(width if closed else width - 1):
                k = (i + 1) % width
                a, b = start + j * width, start + (j + 1) * width
                self.faces.append((a + i, a + k, b + k, b + i))
        return self

    def lathe(self, profile, centre, steps=32, lean=(0, 0)):
        """Turns a (radius, height) profile about a vertical axis."""
        rows = []
        for radius, height in profile:
            rows.append([(centre[0] + lean[0] * height + radius * math.cos(2 * math.pi * i / steps),
                          centre[1] + lean[1] * height + radius * math.sin(2 * math.pi * i / steps),
                          centre[2] + height) for i in range(steps)])
        return self.grid(rows, closed=True)

    def tube(self, points, radius, steps=10):
        """A round bar along points; `radius` is a number or one per point."""
        points = [Vector(p) for p in points]
        rows, side = [], None
        for i, p in enumerate(points):
            along = (points[min(i + 1, len(points) - 1)] - points[max(i - 1, 0)]).normalized()
            if side is None:
                side = along.cross(Vector((0, 0, 1)) if abs(along.z) < 0.9 else Vector((1, 0, 0)))
            side = (side - along * side.dot(along)).normalized()
            other = along.cross(side)
            r = radius[i] if isinstance(radius, (list, tuple)) else radius
            rows.append([p + (side * math.cos(2 * math.pi * k / steps) + other * math.sin(2 * math.pi * k / steps)) * r
                         for k in range(steps)])
        self.grid(rows, closed=True)
        for row, flip in ((rows[0], True), (rows[-1], False)):
            self.poly(row[::-1] if flip else row)
        return self

    def ring(self, centre, radius, thickness, axis='y', steps=48, sides=10):
        pts = []
        for i in range(steps + 1):
            a = 2 * math.pi * i / steps
            u, v = radius * math.cos(a), radius * math.sin(a)
            pts.append({'y': (u, 0, v), 'x': (0, u, v), 'z': (u, v, 0)}[axis])
        return self.tube([Vector(centre) + Vector(p) for p in pts], thickness, sides)

    def run(self, profile, start, end):
        """Sweeps a moulding profile of (projection, height) from start to end; it projects to the right hand of the run."""
        start, end = Vector(start), Vector(end)
        along = (end - start).normalized()
        out = along.cross(Vector((0, 0, 1)))
        rows = [[base + out * d + Vector((0, 0, h)) for d, h in profile] for base in (start, end)]
        self.grid(rows)
        self.poly(rows[0])
        self.poly(list(reversed(rows[1])))
        return self

    def cushion(self, centre, size, power=4.0, steps=28, puff=0.0, tilt=0.0, turn=0.0, shape=None):
        """A soft box (superellipsoid); `puff` swells its broad faces, `shape(x, y, z)` bends it in its own space (-1..1)."""
        rows = []
        signed = lambda v, e: math.copysign(abs(v) ** e, v)
        e = 2.0 / power
        for j in range(steps + 1):
            lat = -math.pi / 2 + math.pi * j / steps
            row = []
            for i in range(steps * 2):
                lon = 2 * math.pi * i / (steps * 2)
                x = signed(math.cos(lat), e) * signed(math.cos(lon), e)
                y = signed(math.cos(lat), e) * signed(math.sin(lon), e)
                z = signed(math.sin(lat), e)
                z *= 1 + puff * (1 - x * x) * (1 - y * y)
                if shape:
                    x, y, z = shape(x, y, z)
                x, y, z = x * size[0] / 2, y * size[1] / 2, z * size[2] / 2
                x, z = x, z
                y, z = y * math.cos(tilt) - z * math.sin(tilt), y * math.sin(tilt) + z * math.cos(tilt)
                x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
                row.append((centre[0] + x, centre[1] + y, centre[2] + z))
            rows.append(row)
        return self.grid(rows, closed=True)

    def make(self, scene, group=None, subdivide=0, thickness=0.0):
        mesh = bpy.data.meshes.new(self.name)
        mesh.from_pydata(self.verts, [], self.faces)
        mesh.validate()
        mesh.materials.append(self.material)
        if self.smooth:
            mesh.polygons.foreach_set('use_smooth', [True] * len(mesh.polygons))
            mesh.use_auto_smooth, mesh.auto_smooth_angle = True, math.radians(50)
        obj = bpy.data.objects.new(self.name, mesh)
        scene.collection.objects.link(obj)
        if thickness:
            solid = obj.modifiers.new('thickness', 'SOLIDIFY')
            solid.thickness = thickness
        if self.bevel:
            bevel = obj.modifiers.new('bevel', 'BEVEL')
            bevel.width, bevel.segments, bevel.limit_method = self.bevel, self.segments, 'ANGLE'
            bevel.harden_normals = False
        if subdivide:
            sub = obj.modifiers.new('subdivide', 'SUBSURF')
            sub.levels = sub.render_levels = subdivide
        if group:
            obj.lightgroup = group
        return obj


def weld(obj, distance=1e-4):
    """Joins coincident vertices, so that smooth shading and subdivision work across faces."""
    mod = obj.modifiers.new('weld', 'WELD')
    mod.merge_threshold = distance
    return obj


def lettering(scene, text, position, height, material, rotation=(math.pi / 2, 0, 0), depth=0.008, font=None, spacing=1.0, align='CENTER'):
    curve = bpy.data.curves.new(text, 'FONT')
    curve.body, curve.size, curve.extrude = text, height, depth
    curve.align_x, curve.align_y, curve.space_character = align, 'CENTER', spacing
    path = font or '/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf'
    if os.path.exists(path):
        curve.font = bpy.data.fonts.load(path, check_existing=True)
    curve.materials.append(material)
    obj = bpy.data.objects.new(text, curve)
    obj.location, obj.rotation_euler = position, rotation
    scene.collection.objects.link(obj)
    return obj


def wall_with_openings(shape, x0, x1, z0, z1, y, openings, depth, place=None):
    """A wall in the xz plane facing -y, with openings (ax, bx, az, bz) whose reveals run back `depth`.

    `place` maps each point, for walls that stand elsewhere.
    """
    place = place or (lambda p: p)
    xs = sorted({x0, x1, *[v for o in openings for v in o[:2]]})
    zs = sorted({z0, z1, *[v for o in openings for v in o[2:4]]})
    xs, zs = [v for v in xs if x0 <= v <= x1], [v for v in zs if z0 <= v <= z1]
    for a, b in zip(xs, xs[1:]):
        for c, d in zip(zs, zs[1:]):
            mx, mz = (a + b) / 2, (c + d) / 2
            if not any(o[0] < mx < o[1] and o[2] < mz < o[3] for o in openings):
                shape.quad(*[place(p) for p in ((a, y, c), (b, y, c), (b, y, d), (a, y, d))])
    for a, b, c, d in [o[:4] for o in openings]:
        k = y + depth
        for q in (((a, y, c), (a, y, d), (a, k, d), (a, k, c)), ((b, y, d), (b, y, c), (b, k, c), (b, k, d)),
                  ((a, y, d), (b, y, d), (b, k, d), (a, k, d)), ((b, y, c), (a, y, c), (a, k, c), (b, k, c))):
            shape.quad(*[place(p) for p in q])


# ---------------------------------------------------------------- materials

class Material:
    """A node material written as expressions: m.node(type, settings, input=value or socket)."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self.output = self.tree.nodes.new('ShaderNodeOutputMaterial')

    def node(self, kind, settings=None, **inputs):
        node = self.tree.nodes.new('ShaderNode' + kind)
        for key, value in (settings or {}).items():
            setattr(node, key, value)
        for key, value in inputs.items():
            socket = node.inputs[int(key[1:])] if key[0] == '_' and key[1:].isdigit() else node.inputs[key.replace('_', ' ')]
            self.feed(socket, value)
        return node

    def feed(self, socket, value):
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif isinstance(value, bpy.types.Node):
            self.tree.links.new(value.outputs[0], socket)
        elif isinstance(value, (tuple, list)) and len(value) == 3 and socket.type == 'RGBA':
            socket.default_value = (*value, 1)
        else:
            socket.default_value = value

    def math(self, op, a, b=0.0, c=0.0):
        return self.node('Math', {'operation': op}, _0=a, _1=b, _2=c).outputs[0]

    def vector(self, op, a, b=(0, 0, 0)):
        return self.node('VectorMath', {'operation': op}, _0=a, _1=b).outputs[0]

    def position(self):
        return self.node('NewGeometry').outputs['Position']

    def noise(self, vector, scale, detail=4.0, rough=0.55, distortion=0.0):
        return self.node('TexNoise', None, Vector=vector, Scale=scale, Detail=detail, Roughness=rough, Distortion=distortion).outputs['Fac']

    def ramp(self, fac, stops, mode='LINEAR'):
        node = self.node('ValToRGB', None, Fac=fac)
        ramp = node.color_ramp
        ramp.interpolation = mode
        while len(ramp.elements) < len(stops):
            ramp.elements.new(0.5)
        for element, (at, value) in zip(ramp.elements, stops):
            element.position = at
            element.color = (*value, 1) if isinstance(value, (tuple, list)) else (value, value, value, 1)
        return node.outputs['Color']

    def mix(self, fac, a, b, mode='MIX'):
        return self.node('MixRGB', {'blend_type': mode}, Fac=fac, Color1=a, Color2=b).outputs[0]

    def bump(self, height, strength=0.3, distance=0.01, normal=None):
        node = self.node('Bump', None, Height=height, Strength=strength, Distance=distance)
        if normal is not None:
            self.feed(node.inputs['Normal'], normal)
        return node.outputs[0]

    def split(self, vector):
        node = self.node('SeparateXYZ', None, Vector=vector)
        return node.outputs[0], node.outputs[1], node.outputs[2]

    def join(self, x=0.0, y=0.0, z=0.0):
        return self.node('CombineXYZ', None, X=x, Y=y, Z=z).outputs[0]

    def principled(self, **inputs):
        node = self.node('BsdfPrincipled', None, **inputs)
        return self.finish(node)

    def finish(self, node):
        self.tree.links.new(node.outputs[0], self.output.inputs['Surface'])
        return self.material


def plain(name, colour, rough=0.5, wear=0.25, scale=6.0, bump=0.15, metallic=0.0, **extra):
    """A painted, cast or woven surface with the small unevenness that keeps it from looking new."""
    m = Material(name)
    p = m.position()
    n = m.noise(p, scale, 6, 0.6)
    fine = m.noise(p, scale * 14, 3, 0.6)
    dark = tuple(c * (1 - wear) for c in colour)
    pale = tuple(min(1, c * (1 + wear * 0.6) + wear * 0.015) for c in colour)
    base = m.mix(m.ramp(n, [(0.3, 0.0), (0.72, 1.0)]), dark, pale)
    r = m.math('ADD', rough - 0.08, m.math('MULTIPLY', fine, 0.16))
    return m.principled(Base_Color=base, Roughness=r, Metallic=metallic, Normal=m.bump(fine, bump, 0.004), **extra)


def wood(name, dark, light_, axis='z', scale=1.0, rough=0.35, gloss=0.5, seed=0.0, vary=None):
    """Varnished timber: rings stretched along the grain, pores, and tone that differs from board to board."""
    m = Material(name)
    p = m.vector('ADD', m.position(), (seed, seed * 1.7, seed * 0.3))
    stretch = {'x': (1.2, 14, 14), 'y': (14, 1.2, 14), 'z': (14, 14, 1.2)}[axis]
    if vary is not None:
        attr = m.node('Attribute', {'attribute_name': vary})
        p = m.vector('ADD', p, m.vector('SCALE', attr.outputs['Vector']))
        p.node.inputs[1].default_value = (0, 0, 0)
        scaled = m.node('VectorMath', {'operation': 'SCALE'}, _0=attr.outputs['Vector'])
        scaled.inputs['Scale'].default_value = 31.0
        m.feed(p.node.inputs[1], scaled.outputs[0])
    q = m.vector('MULTIPLY', p, tuple(s * scale for s in stretch))
    rings = m.noise(q, 1.0, 5, 0.62, 1.1)
    pores = m.noise(m.vector('MULTIPLY', q, (5, 5, 5)), 1.0, 3, 0.7)
    base = m.ramp(rings, [(0.28, dark), (0.5, tuple((a + b) / 2 for a, b in zip(dark, light_))), (0.74, light_)])
    base = m.mix(m.ramp(pores, [(0.36, 0.55), (0.5, 0.0)]), base, tuple(c * 0.35 for c in dark))
    if vary is not None:
        tone = m.math('ADD', 0.62, m.math('MULTIPLY', attr.outputs['Fac'], 0.75))
        base = m.mix(1.0, base, m.join(tone, tone, tone), 'MULTIPLY')
    wear = m.noise(m.position(), 2.3, 5, 0.6)
    r = m.math('ADD', rough - 0.1, m.math('MULTIPLY', wear, 0.28))
    return m.principled(Base_Color=base, Roughness=r, Specular=gloss, Normal=m.bump(pores, 0.12, 0.003))


def glass(name, tint=(0.93, 0.96, 0.95), ripple=0.06, scale=2.2, mirror=0.0):
    """Old drawn window glass: clear, slightly wavy in reflection, with shadows let through."""
    m = Material(name)
    bump = m.bump(m.noise(m.position(), scale, 2, 0.4), ripple, 0.05)
    fresnel = m.node('Fresnel', None, IOR=1.5, Normal=bump).outputs[0]
    fac = m.math('MINIMUM', m.math('ADD', m.math('MULTIPLY', fresnel, 1.7), mirror), 1.0)
    shadow = m.node('LightPath').outputs['Is Shadow Ray']
    gloss = m.node('BsdfGlossy', None, Color=(1, 1, 1), Roughness=0.015, Normal=bump)
    clear = m.node('BsdfTransparent', None, Color=tint)
    fac = m.math('MULTIPLY', fac, m.math('SUBTRACT', 1.0, shadow))
    return m.finish(m.node('MixShader', None, _0=fac, _1=clear.outputs[0], _2=gloss.outputs[0]))


def glow(name, colour, strength):
    """A shape that glows. Lamps do the lighting: sampling these too would take samples from the sun."""
    m = Material(name)
    m.material.cycles.sample_as_light = False
    return m.finish(m.node('Emission', None, Color=colour, Strength=strength))


# ---------------------------------------------------------------- rendering

PASSES = {'Position': 'position', 'Denoising Normal': 'normal', 'Denoising Albedo': 'albedo', 'Depth': 'depth'}


def render(scene, folder, groups, width, height, samples, seed, border=None, frame=1, features=True, clamp=6.0, prefix='', only=None):
    """Renders one buffer into `folder`: a linear float EXR per light group, and the feature passes.

    With `only`, the camera sees nothing but that object (which nothing may stand before), and its coverage is kept too.
    """
    os.makedirs(folder, exist_ok=True)
    r, c, layer = scene.render, scene.cycles, bpy.context.view_layer
    r.resolution_x, r.resolution_y, r.resolution_percentage = width, height, 100
    c.device, c.samples, c.seed = 'CPU', samples, seed
    c.use_adaptive_sampling, c.use_denoising = only is not None, False  # a layer is mostly empty
    c.adaptive_min_samples, c.adaptive_threshold = 4, 0.01
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces, c.transmission_bounces = 8, 4, 4, 6
    c.transparent_max_bounces = 12
    c.sample_clamp_indirect, c.sample_clamp_direct = clamp, 0
    c.caustics_reflective = c.caustics_refractive = False
    c.blur_glossy = 0.6
    c.light_sampling_threshold = 0.01
    c.pixel_filter_type, c.filter_width = 'BLACKMAN_HARRIS', 1.5
    r.threads_mode = 'AUTO'
    r.use_persistent_data = True
    c.debug_bvh_type = 'STATIC_BVH' if only is None else 'DYNAMIC_BVH'  # only one thing moves between a layer's frames
    r.film_transparent = only is not None
    if only is not None:
        for obj in scene.objects:
            obj.visible_camera = False
        only.visible_camera, features = True, False
    r.use_border = r.use_crop_to_border = border is not None
    if border:
        r.border_min_x, r.border_max_x = border[0] / width, border[1] / width
        r.border_min_y, r.border_max_y = border[2] / height, border[3] / height
    layer.use_pass_position = features
    layer.use_pass_z = features
    layer.cycles.denoising_store_passes = features
    scene.frame_set(frame)
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    source = tree.nodes.new('CompositorNodeRLayers')
    out = tree.nodes.new('CompositorNodeOutputFile')
    out.base_path = folder
    out.format.file_format, out.format.color_depth, out.format.exr_codec = 'OPEN_EXR', '32', 'ZIP'
    out.file_slots.clear()
    final = tree.nodes.new('CompositorNodeComposite')
    tree.links.new(source.outputs['Image'], final.inputs[0])
    wanted = {f'Combined_{g}': g for g in groups}
    if features:
        wanted.update(PASSES)
    if only is not None:
        wanted['Alpha'] = 'alpha'
    for socket, name in wanted.items():
        if socket not in source.outputs:
            raise SystemExit(f'the render layer has no pass {socket}: {[o.name for o in source.outputs]}')
        out.file_slots.new(f'{prefix}{name}_')
        tree.links.new(source.outputs[socket], out.inputs[-1])
    r.filepath = os.path.join(folder, 'combined.png')
    r.image_settings.file_format = 'PNG'
    bpy.ops.render.render(write_still=True)


def arguments(**defaults):
    """Reads `key=value` words after `--` on Blender's command line."""
    import sys
    words = sys.argv[sys.argv.index('--') + 1:] if '--' in sys.argv else []
    for word in words:
        key, value = word.split('=', 1)
        defaults[key] = type(defaults[key])(value)
    return defaults


def film_look(scene, exposure=0.0, look='Medium High Contrast'):
    scene.view_settings.view_transform = 'Filmic'
    scene.view_settings.look = look
    scene.view_settings.exposure = exposure
    scene.display_settings.display_device = 'sRGB'


def rng(seed):
    return random.Random(seed)
