"""The street: a brick tailor's house between its neighbours, late on a September afternoon.

    blender -b --factory-startup -P street.py -- out=DIR width=1280 height=720 samples=64 seed=1 job=still

`job=still` renders the set without the awning's valance, `job=layer` the valance alone for every frame, and
`job=geometry` writes street.geometry.json.
"""
import json
import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bpy
from mathutils import Vector
from kit import *

GROUPS = ['sun', 'sky', 'lamp', 'shop']
EYE, AIM, LENS, SHIFT_Y = (10.2, -17.4, 2.15), (-1.55, 0.0, 2.15), 30.0, 0.142
HOUSE = dict(x0=-4.5, x1=4.5, y0=0.0, y1=8.0, eaves=9.62, top=10.15)
WINDOWS = [-3.3, -1.1, 1.1, 3.3]
BORDER = (480, 840, 140, 240)
SUN = Vector((-0.78, -0.47, 0.41)).normalized()
FRAMES = 72


def brick(name, palette, mortar=(0.30, 0.27, 0.23), soot=0.5, seed=0.0):
    m = Material(name)
    p = m.position()
    x, y, z = m.split(p)
    wobble = m.math('MULTIPLY', m.math('SUBTRACT', m.noise(p, 3.0, 2), 0.5), 0.012)
    uv = m.join(m.math('ADD', m.math('ADD', x, y), seed), m.math('ADD', z, wobble))
    b = m.node('TexBrick', {'offset': 0.5}, Vector=uv, Color1=(0, 0, 0), Color2=(1, 1, 1), Mortar=(0.5, 0.5, 0.5),
               Scale=1.0, Mortar_Size=0.0062, Mortar_Smooth=0.35, Bias=0.0, Brick_Width=0.225, Row_Height=0.075)
    tone, joint = b.outputs['Color'], b.outputs['Fac']
    face = m.ramp(tone, [(i / (len(palette) - 1), c) for i, c in enumerate(palette)])
    fine, broad = m.noise(p, 55, 4, 0.65), m.noise(p, 0.55, 5, 0.6)
    face = m.mix(m.ramp(fine, [(0.35, 0.5), (0.6, 0.0)]), face, tuple(c * 0.55 for c in palette[0]))
    colour = m.mix(joint, face, mortar)
    # Soot gathers high and under ledges; rain washes it down in streaks.
    streak = m.noise(m.vector('MULTIPLY', p, (3.2, 3.2, 0.22)), 1.0, 5, 0.6)
    dirt = m.math('MULTIPLY', m.ramp(streak, [(0.44, 0.0), (0.68, 1.0)]), soot)
    colour = m.mix(dirt, colour, (0.045, 0.036, 0.03))
    colour = m.mix(m.math('MULTIPLY', m.ramp(broad, [(0.35, 1.0), (0.6, 0.0)]), 0.38), colour, tuple(c * 0.45 for c in palette[1]))
    bloom = m.math('MULTIPLY', m.ramp(m.noise(p, 1.4, 6, 0.7), [(0.6, 0.0), (0.8, 1.0)]), 0.22)
    colour = m.mix(bloom, colour, (0.55, 0.48, 0.42))
    damp = m.math('MULTIPLY', m.ramp(m.math('ADD', z, m.math('MULTIPLY', broad, 0.7)), [(0.3, 1.0), (1.0, 0.0)]), 0.55)
    colour = m.mix(damp, colour, (0.05, 0.045, 0.035))
    height = m.math('SUBTRACT', m.math('ADD', m.math('MULTIPLY', fine, 0.25), m.math('MULTIPLY', tone, 0.25)), joint)
    return m.principled(Base_Color=colour, Roughness=0.88, Specular=0.25, Normal=m.bump(height, 0.8, 0.012))


def stone(name, colour, streaks=0.5):
    m = Material(name)
    p = m.position()
    x, y, z = m.split(p)
    fine, broad = m.noise(p, 40, 5, 0.65), m.noise(p, 1.7, 6, 0.65)
    base = m.mix(m.ramp(broad, [(0.3, 1.0), (0.62, 0.0)]), colour, tuple(c * 0.6 for c in colour))
    streak = m.noise(m.vector('MULTIPLY', p, (9, 9, 0.6)), 1.0, 4, 0.6)
    base = m.mix(m.math('MULTIPLY', m.ramp(streak, [(0.46, 0.0), (0.66, 1.0)]), streaks), base, (0.05, 0.045, 0.04))
    base = m.mix(m.ramp(fine, [(0.38, 0.5), (0.55, 0.0)]), base, tuple(c * 0.4 for c in colour))
    return m.principled(Base_Color=base, Roughness=0.85, Specular=0.2, Normal=m.bump(fine, 0.5, 0.008))


def render_coat(name, colour):
    """Lime render with hairline cracks and washed-out patches."""
    m = Material(name)
    p = m.position()
    broad, fine = m.noise(p, 0.8, 6, 0.65), m.noise(p, 24, 5, 0.6)
    crack = m.node('TexVoronoi', {'feature': 'DISTANCE_TO_EDGE'}, Vector=m.vector('ADD', p, m.vector('MULTIPLY', m.node('TexNoise', None, Vector=p, Scale=2.0).outputs['Color'], (0.6, 0.6, 0.6))), Scale=0.7).outputs[0]
    base = m.mix(m.ramp(broad, [(0.35, 1.0), (0.65, 0.0)]), colour, tuple(c * 0.66 for c in colour))
    streak = m.noise(m.vector('MULTIPLY', p, (4, 4, 0.25)), 1.0, 5, 0.6)
    base = m.mix(m.math('MULTIPLY', m.ramp(streak, [(0.46, 0.0), (0.7, 1.0)]), 0.6), base, (0.09, 0.075, 0.06))
    base = m.mix(m.math('MULTIPLY', m.ramp(crack, [(0.0, 1.0), (0.008, 0.0)]), 0.6), base, (0.05, 0.04, 0.03))
    return m.principled(Base_Color=base, Roughness=0.9, Specular=0.2, Normal=m.bump(fine, 0.3, 0.01))


def setts():
    """Granite setts, worn round at the joints, a little damp in the hollows."""
    m = Material('setts')
    p = m.position()
    x, y, z = m.split(p)
    b = m.node('TexBrick', {'offset': 0.5}, Vector=m.join(y, m.math('ADD', x, m.math('MULTIPLY', m.noise(p, 1.2, 2), 0.05))), Color1=(0, 0, 0), Color2=(1, 1, 1),
               Mortar=(0.5, 0.5, 0.5), Scale=1.0, Mortar_Size=0.014, Mortar_Smooth=1.0, Brick_Width=0.24, Row_Height=0.135)
    tone, joint = b.outputs['Color'], b.outputs['Fac']
    fine, broad = m.noise(p, 60, 4, 0.6), m.noise(p, 0.5, 5, 0.6)
    colour = m.ramp(tone, [(0.0, (0.055, 0.053, 0.055)), (0.5, (0.10, 0.092, 0.085)), (1.0, (0.16, 0.145, 0.125))])
    colour = m.mix(m.ramp(fine, [(0.3, 0.5), (0.6, 0.0)]), colour, (0.03, 0.03, 0.03))
    colour = m.mix(joint, colour, (0.035, 0.03, 0.024))
    wet = m.ramp(broad, [(0.42, 1.0), (0.60, 0.0)])
    colour = m.mix(m.math('MULTIPLY', wet, 0.45), colour, (0.02, 0.02, 0.02))
    rough = m.math('ADD', m.math('SUBTRACT', 0.62, m.math('MULTIPLY', wet, 0.42)), m.math('MULTIPLY', fine, 0.12))
    height = m.math('ADD', m.math('SUBTRACT', m.math('MULTIPLY', fine, 0.16), joint), m.math('MULTIPLY', tone, 0.5))
    return m.principled(Base_Color=colour, Roughness=rough, Specular=0.5, Normal=m.bump(height, 0.9, 0.02))


def flags():
    m = Material('flags')
    p = m.position()
    x, y, z = m.split(p)
    b = m.node('TexBrick', {'offset': 0.4}, Vector=m.join(x, y), Color1=(0, 0, 0), Color2=(1, 1, 1), Mortar=(0.5, 0.5, 0.5), Scale=1.0,
               Mortar_Size=0.008, Mortar_Smooth=0.4, Brick_Width=0.92, Row_Height=0.62)
    fine, broad = m.noise(p, 45, 5, 0.65), m.noise(p, 1.3, 5, 0.6)
    colour = m.ramp(b.outputs['Color'], [(0.0, (0.17, 0.155, 0.135)), (1.0, (0.29, 0.265, 0.23))])
    colour = m.mix(m.ramp(broad, [(0.35, 0.6), (0.6, 0.0)]), colour, (0.09, 0.08, 0.07))
    colour = m.mix(m.ramp(fine, [(0.36, 0.45), (0.56, 0.0)]), colour, (0.06, 0.055, 0.05))
    colour = m.mix(b.outputs['Fac'], colour, (0.04, 0.036, 0.03))
    height = m.math('SUBTRACT', m.math('MULTIPLY', fine, 0.35), b.outputs['Fac'])
    return m.principled(Base_Color=colour, Roughness=m.math('ADD', 0.55, m.math('MULTIPLY', broad, 0.4)), Normal=m.bump(height, 0.7, 0.012))


def slate():
    m = Material('slate')
    p = m.position()
    x, y, z = m.split(p)
    b = m.node('TexBrick', {'offset': 0.5}, Vector=m.join(m.math('ADD', x, 0.0), m.math('ADD', y, z)), Color1=(0, 0, 0), Color2=(1, 1, 1), Mortar=(0, 0, 0),
               Scale=1.0, Mortar_Size=0.008, Brick_Width=0.3, Row_Height=0.24)
    colour = m.ramp(b.outputs['Color'], [(0, (0.03, 0.033, 0.04)), (1, (0.085, 0.085, 0.095))])
    return m.principled(Base_Color=colour, Roughness=0.85, Specular=0.2, Normal=m.bump(b.outputs['Color'], 0.6, 0.02))


def canvas():
    """Awning canvas in cream and oxblood stripes, sun-bleached, lets some light through."""
    m = Material('canvas')
    p = m.position()
    x, y, z = m.split(p)
    band = m.math('GREATER_THAN', m.math('FRACT', m.math('MULTIPLY', x, 1 / 0.44)), 0.5)
    stain = m.noise(p, 2.2, 6, 0.65)
    colour = m.mix(band, (0.58, 0.50, 0.37), (0.25, 0.045, 0.035))
    colour = m.mix(m.math('MULTIPLY', m.ramp(stain, [(0.42, 0.0), (0.75, 1.0)]), 0.5), colour, (0.17, 0.13, 0.09))
    weave = m.bump(m.noise(p, 220, 2), 0.15, 0.003)
    diffuse = m.node('BsdfDiffuse', None, Color=colour, Normal=weave)
    through = m.node('BsdfTranslucent', None, Color=colour, Normal=weave)
    return m.finish(m.node('MixShader', None, _0=0.3, _1=diffuse.outputs[0], _2=through.outputs[0]))


def sky(scene):
    """Evening sky: a Nishita atmosphere for light, with thin cloud laid over it."""
    tree = scene.world.node_tree
    tree.nodes.clear()
    m = Material.__new__(Material)
    m.tree = tree
    out = tree.nodes.new('ShaderNodeOutputWorld')
    air = m.node('TexSky', {'sky_type': 'NISHITA', 'sun_disc': False, 'sun_elevation': math.asin(SUN.z), 'sun_rotation': math.atan2(SUN.x, SUN.y),
                            'altitude': 40, 'air_density': 1.25, 'dust_density': 2.2, 'ozone_density': 1.0})
    d = m.node('TexCoord').outputs['Generated']
    x, y, z = m.split(d)
    h = m.math('ADD', m.math('MAXIMUM', z, 0.0), 0.12)
    plane = m.join(m.math('DIVIDE', x, h), m.math('DIVIDE', y, h), 0.0)
    veil = m.noise(m.vector('MULTIPLY', plane, (0.42, 0.9, 1.0)), 1.3, 8, 0.62, 0.7)
    banks = m.noise(m.vector('MULTIPLY', plane, (0.3, 0.55, 1.0)), 1.0, 9, 0.6, 0.35)
    cover = m.math('ADD', m.math('MULTIPLY', m.ramp(veil, [(0.42, 0.0), (0.8, 1.0)]), 0.5), m.math('MULTIPLY', m.ramp(banks, [(0.46, 0.0), (0.66, 1.0)]), 0.6))
    cover = m.math('MULTIPLY', m.math('MINIMUM', cover, 1.0), m.ramp(z, [(0.0, 0.35), (0.35, 1.0)]))
    lit = m.ramp(banks, [(0.5, (1.0, 0.80, 0.58)), (0.75, (0.62, 0.56, 0.58))])
    clouds = m.mix(1.0, lit, m.join(6.0, 6.0, 6.0), 'MULTIPLY')
    mixed = m.mix(cover, air.outputs[0], clouds)
    bg = m.node('Background', None, Color=mixed, Strength=0.105)
    tree.links.new(bg.outputs[0], out.inputs['Surface'])
    scene.world.lightgroup = 'sky'
    scene.world.cycles.sampling_method = 'NONE'  # smooth: rays find it by themselves


class Facades:
    """Windows, sills and doors that every front in the street shares; one shape per material."""

    def __init__(self, mats):
        self.m = mats
        self.shapes = {}

    def s(self, key, bevel=0.0, smooth=False):
        if key not in self.shapes:
            self.shapes[key] = Shape(key, self.m[key.split('.')[0]], bevel, smooth)
        return self.shapes[key]

    def sash(self, x0, x1, z0, z1, y, paint='paint', panes=2, blind=0.0, drapes=True, raised=0.0):
        """A sliding-sash window set back in its reveal; `blind` is how far the roller blind is drawn (0..1)."""
        frame, bars = self.s(paint, 0.006), self.s(paint, 0.006)
        mid = (z0 + z1) / 2
        for a, b, c, d in ((x0, x0 + 0.07, z0, z1), (x1 - 0.07, x1, z0, z1), (x0 + 0.07, x1 - 0.07, z1 - 0.08, z1), (x0 + 0.07, x1 - 0.07, z0, z0 + 0.06)):
            frame.box(a, b, y, y + 0.12, c, d)
        for lo, hi, back in ((mid, z1 - 0.08, 0.03), (z0 + 0.06 + raised, mid + raised, 0.07)):
            a, b = x0 + 0.07, x1 - 0.07
            for q in ((a, a + 0.045, lo, hi), (b - 0.045, b, lo, hi), (a + 0.045, b - 0.045, hi - 0.045, hi), (a + 0.045, b - 0.045, lo, lo + 0.055)):
                bars.box(q[0], q[1], y + back, y + back + 0.035, q[2], q[3])
            for i in range(1, panes):
                c = a + (b - a) * i / panes
                bars.box(c - 0.011, c + 0.011, y + back + 0.006, y + back + 0.03, lo + 0.055, hi - 0.045)
            k = y + back + 0.018
            self.s('glass').quad((a + 0.04, k, lo + 0.04), (b - 0.04, k, lo + 0.04), (b - 0.04, k, hi - 0.04), (a + 0.04, k, hi - 0.04))
        back = y + 0.9
        self.s('dark').quad((x0 - 0.6, back, z0 - 0.4), (x1 + 0.6, back, z0 - 0.4), (x1 + 0.6, back, z1 + 0.4), (x0 - 0.6, back, z1 + 0.4))
        if blind > 0:
            low = z1 - (z1 - z0) * blind
            self.s('blind').box(x0 + 0.09, x1 - 0.09, y + 0.16, y + 0.165, low, z1 - 0.05)
            self.s('blind').box(x0 + 0.09, x1 - 0.09, y + 0.155, y + 0.172, low - 0.03, low)
        if drapes:
            for side in (0, 1):
                rows = []
                for j in range(9):
                    z = z1 - 0.05 - (z1 - z0 - 0.05) * j / 8
                    row = []
                    for i in range(19):
                        t = i / 18
                        tuck = 0.30 - 0.09 * math.sin(math.pi * min(1, j / 8 * 1.2))
                        x = (x0 + 0.06 + t * tuck) if side == 0 else (x1 - 0.06 - t * tuck)
                        row.append((x, y + 0.24 + 0.025 * math.sin(t * 19 + side + x0), z))
                    rows.append(row)
                self.s('lace', smooth=True).grid(rows)

    def dressing(self, x0, x1, z0, z1, y, key=True, flat=False, sill=True, material='stone'):
        st = self.s(material, 0.008)
        if sill:
            st.box(x0 - 0.10, x1 + 0.10, y - 0.11, y + 0.16, z0 - 0.11, z0)
            st.box(x0 - 0.06, x1 + 0.06, y - 0.06, y + 0.10, z0 - 0.17, z0 - 0.11)
        if flat:
            st.box(x0 - 0.12, x1 + 0.12, y - 0.03, y + 0.1, z1, z1 + 0.22)
            return
        # A gauged lintel: five tapered voussoirs and a keystone that stands proud.
        n, w, cx, top = 7, x1 - x0, (x0 + x1) / 2, z1 + 0.27
        for i in range(n):
            a0, a1 = x0 + w * i / n, x0 + w * (i + 1) / n
            b0, b1 = cx + (a0 - cx) * 1.26, cx + (a1 - cx) * 1.26
            proud, lift = (0.075, 0.05) if i == n // 2 and key else (0.03, 0.0)
            g = 0.003
            pts = [(a0 + g, z1), (a1 - g, z1), (b1 - g, top + lift), (b0 + g, top + lift)]
            f, k = y - proud, y + 0.1
            st.poly([(px, f, pz) for px, pz in pts])
            for (ax, az), (bx, bz) in zip(pts, pts[1:] + pts[:1]):
                st.quad((ax, f, az), (ax, k, az), (bx, k, bz), (bx, f, bz))

    def cornice(self, x0, x1, y, z, size=1.0, brackets=True, material='stone'):
        st = self.s(material, 0.0)
        p = [(0, 0), (0.05, 0.0), (0.07, 0.04), (0.07, 0.12), (0.12, 0.15), (0.12, 0.22), (0.30, 0.26), (0.33, 0.30), (0.33, 0.36), (0.38, 0.40), (0.40, 0.46), (0.0, 0.50)]
        st.run([(d * size, h * size) for d, h in p], (x0, y, z), (x1, y, z))
        if brackets:
            b = self.s(material + '.brackets', 0.006)
            n = int((x1 - x0) / 0.42)
            for i in range(n + 1):
                c = x0 + 0.12 + (x1 - x0 - 0.24) * i / n
                b.box(c - 0.055, c + 0.055, y - 0.27 * size, y, z + 0.13 * size, z + 0.25 * size)
                b.box(c - 0.045, c + 0.045, y - 0.16 * size, y, z + 0.03 * size, z + 0.13 * size)

    def chimney(self, x, y, z, w, d, h, pots, material):
        self.s(material).box(x - w / 2, x + w / 2, y - d / 2, y + d / 2, z, z + h)
        self.s('stone', 0.008).box(x - w / 2 - 0.06, x + w / 2 + 0.06, y - d / 2 - 0.06, y + d / 2 + 0.06, z + h, z + h + 0.12)
        for i in range(pots):
            c = x - w / 2 + w * (i + 0.5) / pots
            self.s('terracotta', smooth=True).lathe([(0.0, 0.0), (0.13, 0.0), (0.12, 0.1), (0.105, 0.42), (0.14, 0.46), (0.14, 0.52), (0.1, 0.52), (0.09, 0.2)], (c, y, z + h + 0.12), 16)


def hero(f, scene, r):
    x0, x1, eaves = HOUSE['x0'], HOUSE['x1'], HOUSE['eaves']
    openings = [(-4.0, 2.15, 0.0, 3.22), (2.75, 3.85, 0.0, 3.02)]
    rooms = []
    for cx in WINDOWS:
        rooms += [(cx - 0.54, cx + 0.54, 4.45, 6.35), (cx - 0.54, cx + 0.54, 7.28, 8.85)]
    wall_with_openings(f.s('brick'), x0, x1, 0.0, HOUSE['top'] - 0.15, 0.0, openings + rooms, 0.19)
    f.s('brick').quad((x1, 0, 0), (x1, 8, 0), (x1, 8, HOUSE['top'] - 0.15), (x1, 0, HOUSE['top'] - 0.15))
    f.s('slate').quad((x0, 0.3, 9.6), (x1, 0.3, 9.6), (x1, 4, 10.9), (x0, 4, 10.9))
    for side in (x0, x1):
        f.s('brick').poly([(side, 0.3, 9.6), (side, 4, 10.9), (side, 8, 9.6)])
    f.s('stone', 0.01).box(x0 - 0.02, x1 + 0.05, -0.07, 0.33, HOUSE['top'] - 0.15, HOUSE['top'])
    f.cornice(x0, x1 + 0.02, 0.0, 9.16, 0.95)
    for z, d, h in ((3.98, 0.10, 0.20), (6.86, 0.05, 0.15)):
        f.s('stone', 0.01).box(x0, x1 + d * 0.6, -d, 0.02, z, z + h)
    # Quoins, long and short alternately, on the free corner; a flush pilaster strip against the neighbour.
    for i in range(int(9.1 / 0.31)):
        z, long_ = i * 0.31, (i % 2 == 0)
        if not 3.9 < z + 0.15 < 4.2:
            f.s('stone.quoin', 0.014).box(x1 - (0.46 if long_ else 0.28), x1 + 0.03, -0.035, (0.28 if long_ else 0.46), z + 0.006, z + 0.304)
    blinds = {(-3.3, 0): 0.0, (-1.1, 0): 0.42, (1.1, 0): 0.0, (3.3, 0): 0.3, (-3.3, 1): 0.55, (-1.1, 1): 0.0, (1.1, 1): 0.36, (3.3, 1): 0.0}
    for cx in WINDOWS:
        for floor, (a, b) in enumerate(((4.45, 6.35), (7.28, 8.85))):
            f.sash(cx - 0.54, cx + 0.54, a, b, 0.13, blind=blinds[(cx, floor)], raised=0.34 if (cx, floor) == (-3.3, 0) else 0.0)
            f.dressing(cx - 0.54, cx + 0.54, a, b, 0.0)
    # Window boxes with geraniums on two sills.
    for cx in (-1.1, 1.1):
        f.s('green', 0.01).box(cx - 0.48, cx + 0.48, -0.24, -0.04, 4.45, 4.62)
        for _ in range(420):
            px, py, pz = cx + r.uniform(-0.5, 0.5), r.uniform(-0.28, 0.0), 4.6 + abs(r.gauss(0, 0.1))
            petal = r.random() < 0.2
            s, a, t = r.uniform(0.018, 0.036), r.uniform(0, 6.28), r.uniform(-0.9, 0.9)
            u = Vector((math.cos(a), math.sin(a), t)) * s
            v = Vector((-math.sin(a), math.cos(a), r.uniform(-0.6, 0.6))) * s
            c = Vector((px, py, pz + (0.05 if petal else 0)))
            f.s('petal' if petal else 'leaf').quad(c - u - v, c + u - v, c + u + v, c - u + v)
    shopfront(f, scene, r)
    # Rainwater goods by the party wall.
    iron = f.s('iron', smooth=True)
    iron.tube([(x0 + 0.12, -0.10, 9.0), (x0 + 0.12, -0.10, 0.15), (x0 + 0.12, -0.2, 0.08)], 0.05, 12)
    for z in (0.6, 2.4, 4.3, 6.4, 8.4):
        f.s('iron.flat', 0.004).box(x0 + 0.05, x0 + 0.19, -0.155, -0.0, z, z + 0.07)
    f.s('iron.flat', 0.01).box(x0 + 0.01, x0 + 0.25, -0.22, -0.01, 8.9, 9.14)
    for cx in (x0 + 0.7, x1 - 0.75):
        f.chimney(cx, 4.0, 9.6, 1.3, 0.7, 2.25, 3, 'brick')
    # A wall anchor plate on the flank's tie rod, the sign of a house that moves.
    for cx in (-2.2, 2.2):
        f.s('iron.flat', 0.004).box(cx - 0.03, cx + 0.03, -0.03, 0.0, 6.5, 7.1, turn=0.0, tilt=0.55, pivot=(cx, 0, 6.8))
        f.s('iron.flat', 0.004).box(cx - 0.03, cx + 0.03, -0.03, 0.0, 6.5, 7.1, turn=0.0, tilt=-0.55, pivot=(cx, 0, 6.8))


def shopfront(f, scene, r):
    g, gold = f.s('green', 0.007), f.m['gold']
    y = 0.0
    # Pilasters, fascia, its own small cornice, and stall risers with raised panels.
    for a in (-4.12, -1.28, 1.98):
        g.box(a, a + 0.26, y - 0.12, y + 0.1, 0.0, 3.25)
        g.box(a - 0.03, a + 0.29, y - 0.15, y + 0.1, 0.0, 0.34)
        g.box(a + 0.06, a + 0.20, y - 0.135, y - 0.11, 0.5, 2.9)
        g.box(a - 0.03, a + 0.29, y - 0.16, y + 0.1, 3.05, 3.3)
        if a != -1.28:
            g.box(a + 0.01, a + 0.25, y - 0.30, y + 0.1, 3.28, 3.86)
    g.box(-4.12, 2.24, y - 0.13, y + 0.12, 3.26, 3.84)
    g.run([(0.0, 0.0), (0.16, 0.0), (0.2, 0.05), (0.32, 0.08), (0.34, 0.15), (0.0, 0.19)], (-4.2, y, 3.82), (2.32, y, 3.82))
    f.s('signboard', 0.006).box(-3.84, 1.96, y - 0.155, y - 0.12, 3.34, 3.76)
    lettering(scene, 'HOLLIN & DAUGHTER  ·  TAILORS', (-0.94, y - 0.16, 3.55), 0.33, gold, depth=0.012, spacing=1.12,
              font='/usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed-Bold.ttf')
    for a, b in ((-3.86, -1.28), (-0.1, 1.98)):
        g.box(a, b, y + 0.02, y + 0.14, 0.0, 0.62)
        n = 3 if b - a > 2.3 else 2
        for i in range(n):
            c, d = a + (b - a) * i / n + 0.09, a + (b - a) * (i + 1) / n - 0.09
            g.box(c, d, y - 0.005, y + 0.03, 0.12, 0.52)
        f.s('stone', 0.006).box(a, b, y - 0.01, y + 0.15, 0.6, 0.66)
        g.box(a, b, y + 0.03, y + 0.11, 3.1, 3.26)
        g.box(a, b, y + 0.04, y + 0.10, 2.52, 2.57)
        for i in range(n + 1):
            c = a + (b - a) * i / n
            g.box(c - 0.025, c + 0.025, y + 0.04, y + 0.10, 0.66, 3.12)
        for i in range(n * 3):
            c = a + (b - a) * (i + 0.5) / (n * 3) + (b - a) / (n * 6)
            g.box(c - 0.011, c + 0.011, y + 0.05, y + 0.09, 2.57, 3.1)
        f.s('glass').quad((a, y + 0.07, 0.66), (b, y + 0.07, 0.66), (b, y + 0.07, 3.12), (a, y + 0.07, 3.12))
        # Display floor, back partition, and what a tailor shows: forms, bolts of cloth.
        f.s('oak').box(a - 0.1, b + 0.1, y + 0.15, y + 1.3, 0.55, 0.62)
        f.s('oak').box(a - 0.1, b + 0.1, y + 1.25, y + 1.3, 0.6, 1.75)
        for i in range(n):
            c = a + (b - a) * (i + 0.5) / n
            if (i + (a > -1)) % 2 == 0:
                f.s('cloth%d' % (i % 3), smooth=True).lathe([(0.10, 0.0), (0.24, 0.02), (0.20, 0.35), (0.145, 0.55), (0.19, 0.78), (0.2, 0.9), (0.10, 1.02), (0.055, 1.08), (0.05, 1.16), (0.0, 1.17)], (c, y + 0.62, 0.98), 24)
                f.s('oak.turned', smooth=True).lathe([(0.2, 0.0), (0.18, 0.03), (0.025, 0.06), (0.025, 0.4)], (c, y + 0.62, 0.62), 16)
            else:
                for k in range(5):
                    z = 0.70 + 0.115 * (k // 2) + (0.02 if k % 2 else 0)
                    xk = c + (k % 2 - 0.5) * 0.14
                    f.s('cloth%d' % ((k + i) % 3), smooth=True).tube([(xk - 0.36, y + 0.55 + 0.05 * k, z), (xk + 0.36, y + 0.6, z)], 0.062, 14)
    # The shop's recessed door.
    a, b, back = -1.02, -0.1, y + 0.75
    f.s('stone', 0.01).box(a, b, y - 0.05, y + 0.9, 0.0, 0.14)
    for side in (a, b):
        f.s('green', 0.006).box(side - 0.03, side + 0.03, y + 0.1, back, 0.14, 0.7)
        f.s('glass').quad((side, y + 0.1, 0.7), (side, back, 0.7), (side, back, 3.1), (side, y + 0.1, 3.1))
    door(f, a + 0.03, b - 0.03, 0.14, 2.5, back, 'green')
    f.s('glass').quad((a, back, 2.6), (b, back, 2.6), (b, back, 3.15), (a, back, 3.15))
    f.s('green', 0.006).box(a, b, back - 0.03, back + 0.04, 2.5, 2.62)
    # The shop's room, warmly lit.
    for q in (((-4.2, 3.6, 0), (2.3, 3.6, 0), (2.3, 3.6, 3.3), (-4.2, 3.6, 3.3)), ((-4.2, 0.2, 0), (-4.2, 3.6, 0), (-4.2, 3.6, 3.3), (-4.2, 0.2, 3.3)),
              ((2.3, 0.2, 0), (2.3, 3.6, 0), (2.3, 3.6, 3.3), (2.3, 0.2, 3.3)), ((-4.2, 0.2, 3.3), (2.3, 0.2, 3.3), (2.3, 3.6, 3.3), (-4.2, 3.6, 3.3))):
        f.s('shopwall').quad(*q)
    f.s('oak').quad((-4.2, 0.2, 0.1), (2.3, 0.2, 0.1), (2.3, 3.6, 0.1), (-4.2, 3.6, 0.1))
    for i in range(7):
        for k in range(4):
            f.s('cloth%d' % ((i * 2 + k) % 3)).box(-4.0 + i * 0.9, -3.25 + i * 0.9, 3.2, 3.55, 0.6 + k * 0.6, 1.0 + k * 0.6)
        f.s('oak').box(-4.05 + i * 0.9, -3.2 + i * 0.9, 3.15, 3.6, 0.52, 0.56)
    light(scene, 'AREA', 'shop', (-0.9, 1.6, 2.9), (-0.9, 1.6, 0), 190, (1.0, 0.60, 0.27), shape='RECTANGLE', size=5.2, size_y=0.7)
    for cx in (-2.9, -0.6, 1.2):
        bulb = Shape('bulb', f.m['bulb'], smooth=True).lathe([(0.0, -0.11), (0.10, -0.06), (0.125, 0.02), (0.09, 0.09), (0.03, 0.13), (0.0, 0.13)], (cx, 1.6, 2.75), 20).make(scene, 'shop')
        bulb.visible_shadow = bulb.visible_diffuse = False
        f.s('iron', smooth=True).tube([(cx, 1.6, 2.88), (cx, 1.6, 3.3)], 0.012, 8)
    # The house door to the rooms above, with a fanlight and stone steps.
    f.s('stone', 0.012).box(2.62, 3.98, -0.42, 0.2, 0.0, 0.16)
    f.s('stone', 0.012).box(2.70, 3.90, -0.16, 0.3, 0.16, 0.3)
    door(f, 2.83, 3.77, 0.3, 2.42, 0.13, 'blue', panes=False)
    for side in (2.75, 3.77):
        f.s('paint', 0.006).box(side, side + 0.08, 0.08, 0.2, 0.3, 3.02)
    f.s('paint', 0.006).box(2.75, 3.85, 0.08, 0.2, 2.42, 2.52)
    f.s('paint', 0.006).box(2.75, 3.85, 0.08, 0.2, 2.94, 3.02)
    for c in (3.12, 3.30, 3.48):
        f.s('paint', 0.004).box(c - 0.012, c + 0.012, 0.11, 0.15, 2.5, 2.96)
    f.s('glass').quad((2.8, 0.13, 2.5), (3.8, 0.13, 2.5), (3.8, 0.13, 2.96), (2.8, 0.13, 2.96))
    f.s('dark').quad((2.6, 1.0, 0), (4.0, 1.0, 0), (4.0, 1.0, 3.2), (2.6, 1.0, 3.2))
    st = f.s('stone', 0.01)
    for a in (2.50, 3.85):
        st.box(a, a + 0.25, -0.09, 0.1, 0.0, 3.02)
        st.box(a - 0.03, a + 0.28, -0.13, 0.1, 0.0, 0.3)
        st.box(a - 0.03, a + 0.28, -0.13, 0.1, 2.86, 3.02)
    st.box(2.44, 4.16, -0.11, 0.1, 3.02, 3.3)
    st.run([(0, 0), (0.16, 0.0), (0.19, 0.06), (0.30, 0.09), (0.32, 0.17), (0.0, 0.21)], (2.4, 0, 3.3), (4.2, 0, 3.3))
    awning(f)


def door(f, x0, x1, z0, z1, y, paint, panes=True):
    d = f.s(paint, 0.007)
    d.box(x0, x1, y + 0.03, y + 0.07, z0, z1)
    w, top = x1 - x0, z1 - z0
    for a, b in ((x0, x0 + 0.12), (x1 - 0.12, x1)):
        d.box(a, b, y, y + 0.04, z0, z1)
    for c in (z0, z0 + top * 0.36, z1 - 0.13):
        d.box(x0 + 0.12, x1 - 0.12, y, y + 0.04, c, c + 0.14)
    if panes:
        f.s('brightglass').quad((x0 + 0.12, y + 0.02, z0 + top * 0.36 + 0.14), (x1 - 0.12, y + 0.02, z0 + top * 0.36 + 0.14), (x1 - 0.12, y + 0.02, z1 - 0.13), (x0 + 0.12, y + 0.02, z1 - 0.13))
    else:
        m = (x0 + x1) / 2
        d.box(m - 0.05, m + 0.05, y, y + 0.04, z0, z1)
        for a, b in ((x0 + 0.17, m - 0.1), (m + 0.1, x1 - 0.17)):
            d.box(a, b, y + 0.008, y + 0.04, z0 + 0.2, z0 + top * 0.36 - 0.06)
            d.box(a, b, y + 0.008, y + 0.04, z0 + top * 0.36 + 0.2, z1 - 0.19)
        f.s('brass', smooth=True).lathe([(0.0, 0.0), (0.05, 0.0), (0.05, 0.02), (0.0, 0.02)], (m, y - 0.02, z0 + top * 0.52), 16)
    f.s('brass', smooth=True).ring((x1 - 0.2, y - 0.03, z0 + 1.0), 0.035, 0.012, 'y', 20, 8)


AWNING = dict(x0=-3.95, x1=2.08, y0=-0.16, z0=3.30, y1=-1.55, z1=2.62, drop=0.30)


def awning(f):
    a = AWNING
    rows = []
    for j in range(13):
        t = j / 12
        sag = -0.06 * math.sin(math.pi * t)
        rows.append([(a['x0'] + (a['x1'] - a['x0']) * i / 72, a['y0'] + (a['y1'] - a['y0']) * t,
                      a['z0'] + (a['z1'] - a['z0']) * t + sag + 0.012 * math.sin(i * 0.55) * t) for i in range(73)])
    f.s('canvas', smooth=True).grid(rows)
    iron = f.s('iron', smooth=True)
    for x in (a['x0'] + 0.05, a['x1'] - 0.05):
        iron.tube([(x, a['y1'], a['z1'] - 0.02), (x, -0.1, 2.2)], 0.014, 8)
    iron.tube([(a['x0'], a['y1'], a['z1'] - 0.02), (a['x1'], a['y1'], a['z1'] - 0.02)], 0.018, 8)


def valance(frame, samples=360):
    """The hanging edge: scallops that lift and roll in a light wind which travels along the street; it loops in 72 frames."""
    a, rows = AWNING, []
    w = 2 * math.pi * frame / FRAMES
    for j in range(9):
        v = j / 8
        row = []
        for i in range(samples + 1):
            t = i / samples
            x = a['x0'] + (a['x1'] - a['x0']) * t
            scallop = abs(math.sin(math.pi * (x - a['x0']) / 0.22))
            depth = a['drop'] * (0.72 + 0.28 * scallop ** 0.6)
            gust = 0.55 + 0.45 * math.sin(w - t * 5.0)
            flap = gust * (0.10 * math.sin(2 * w - x * 2.3) + 0.05 * math.sin(3 * w - x * 5.1 + 1) + 0.022 * math.sin(5 * w - x * 9.7 + 2))
            swing = v ** 1.5 * (flap - 0.03)
            row.append((x, a['y1'] - swing, a['z1'] - depth * v * (1 - 0.6 * min(0.8, abs(swing) / depth) ** 2)))
        rows.append(row)
    return rows


def neighbours(f, r):
    """Five fronts to the left, one across the alley to the right, and a terrace that closes the view."""
    fronts = [(-9.9, -4.5, 8.7, 'cream', 3, 1.9), (-15.2, -9.9, 10.6, 'buff', 3, 2.3), (-20.8, -15.2, 8.3, 'ochre', 3, 1.9),
              (-27.5, -20.8, 11.2, 'dull', 4, 2.5), (-36.0, -27.5, 9.2, 'cream2', 4, 2.0), (7.1, 14.0, 11.9, 'dark2', 3, 2.6)]
    for x0, x1, h, mat, n, fl in fronts:
        near = x0 > -21
        w, floors = x1 - x0, 2 if h < 9 else 3
        opens, story = [], (h - 4.2) / (floors - 1 if floors > 1 else 1)
        ground = [(x0 + w * (i + 0.5) / n - 0.55, x0 + w * (i + 0.5) / n + 0.55, 0.95, 2.9) for i in range(n)]
        ground[0] = (ground[0][0], ground[0][1], 0.15, 2.9)
        for k in range(floors - 1):
            base = 3.95 + k * story
            opens += [(x0 + w * (i + 0.5) / n - 0.5, x0 + w * (i + 0.5) / n + 0.5, base, base + min(1.85, story - 1.0)) for i in range(n)]
        wall_with_openings(f.s(mat), x0, x1, 0, h, 0.0, opens + ground, 0.18)
        for side in (x0, x1):
            f.s(mat).quad((side, 0, 0), (side, 8, 0), (side, 8, h), (side, 0, h))
        for o in opens + ground[1:]:
            f.sash(*o, 0.12, paint='paint2' if mat in ('cream', 'ochre') else 'paint', blind=r.choice([0, 0, 0.3, 0.5, 0.7]), drapes=near, panes=2)
            f.dressing(*o, 0.0, flat=mat != 'buff', material='stone2' if mat in ('cream', 'ochre', 'cream2') else 'stone')
        g = ground[0]
        door(f, g[0] + 0.08, g[1] - 0.08, 0.2, 2.4, 0.14, 'oxblood' if mat == 'cream' else 'blue', panes=False)
        f.s('paint', 0.006).box(g[0], g[1], 0.1, 0.2, 2.4, 2.5)
        f.s('glass').quad((g[0], 0.15, 2.5), (g[1], 0.15, 2.5), (g[1], 0.15, 2.9), (g[0], 0.15, 2.9))
        f.s('dark').quad((g[0] - 0.3, 0.9, 0), (g[1] + 0.3, 0.9, 0), (g[1] + 0.3, 0.9, 3.2), (g[0] - 0.3, 0.9, 3.2))
        f.s('stone', 0.01).box(g[0] - 0.1, g[1] + 0.1, -0.3, 0.2, 0.0, 0.2)
        f.dressing(*g, 0.0, flat=True, sill=False, material='stone2' if mat in ('cream', 'ochre', 'cream2') else 'stone')
        f.cornice(x0 + 0.01, x1 - 0.01, 0.0, h - 0.25, 0.75, brackets=mat == 'buff', material='stone2' if mat in ('cream', 'ochre', 'cream2') else 'stone')
        f.s('stone', 0.008).box(x0, x1, -0.05, 0.02, 3.3, 3.48)
        f.s('slate').quad((x0, 0.2, h), (x1, 0.2, h), (x1, 4, h + 1.9), (x0, 4, h + 1.9))
        for side in (x0, x1):
            f.s(mat).poly([(side, 0.2, h), (side, 4, h + 1.9), (side, 8, h)])
        f.chimney(x0 + 0.6, 3.4, h + 0.6, 1.0, 0.65, 2.5, 3, 'buff' if mat != 'buff' else 'dull')
        f.s('iron', smooth=True).tube([(x1 - 0.14, -0.09, h - 0.3), (x1 - 0.14, -0.09, 0.1)], 0.045, 8)
    # The terrace that turns the corner and closes the street, and a church tower in the haze.
    place = lambda p: (-44.0 + p[1], -p[0], p[2])
    opens = [(c - 0.5, c + 0.5, z, z + 1.7) for c in range(-14, 26, 3) for z in (1.0, 4.2, 7.2)]
    wall_with_openings(f.s('dull'), -16, 27, 0, 10.5, 0.0, opens, -0.18, lambda p: (-44.0 - p[1], p[0] * -1.0, p[2]))
    f.s('dark').quad((-44.3, -27, 0), (-44.3, 16, 0), (-44.3, 16, 10), (-44.3, -27, 10))
    f.s('slate').quad((-44, -27, 10.5), (-44, 16, 10.5), (-48, 16, 13), (-48, -27, 13))
    t = f.s('stone2')
    t.box(-66, -60, 3, 9, 0, 21)
    for a, b in ((-66.2, 2.8), (-60.8, 2.8), (-66.2, 8.2), (-60.8, 8.2)):
        t.box(a, a + 1, b, b + 1, 20, 23.4)
    f.s('slate').poly([(-66, 3, 21), (-60, 3, 21), (-63, 6, 33)])
    f.s('slate').poly([(-60, 3, 21), (-60, 9, 21), (-63, 6, 33)])
    # The alley beside the house: a far wall, a lean-to, bins and a ladder in its shadow.
    f.s('dull').quad((4.5, 9.5, 0), (7.1, 9.5, 0), (7.1, 9.5, 5.2), (4.5, 9.5, 5.2))
    f.s('oxblood', 0.01).box(4.9, 6.0, 9.3, 9.45, 0, 2.1)
    for x, z in ((0.0, 0.0),):
        for side in (0.0, 0.38):
            f.s('oak.turned', smooth=True).tube([(6.3 + side, 2.2, 0.0), (6.9 + side * 0.4, 3.0, 3.6)], 0.03, 8)


def pavement(f, r):
    f.s('setts').quad((-70, -40, -0.14), (40, -40, -0.14), (40, -3.18, -0.14), (-70, -3.18, -0.14))
    f.s('flags').quad((-70, -3.0, 0.0), (40, -3.0, 0.0), (40, 14, 0.0), (-70, 14, 0.0))
    x = -60.0
    while x < 30:
        w = r.uniform(0.85, 1.05)
        f.s('granite', 0.018).box(x + 0.006, x + w - 0.006, -3.19 + r.uniform(-0.004, 0.004), -2.99, -0.2, 0.004 + r.uniform(-0.004, 0.004))
        x += w
    f.s('iron.flat', 0.004).box(0.8, 1.35, -3.62, -3.24, -0.14, -0.128)
    f.s('iron.flat', 0.004).lathe([(0.0, 0.0), (0.33, 0.0), (0.33, 0.012), (0.3, 0.014), (0.0, 0.014)], (-6.5, -7.4, -0.14), 40)


def lamp_post(f, scene, x, y):
    s = f.s('iron', smooth=True)
    s.lathe([(0.0, 0.0), (0.22, 0.0), (0.22, 0.05), (0.19, 0.08), (0.17, 0.28), (0.19, 0.32), (0.13, 0.4), (0.10, 0.75), (0.125, 0.82), (0.125, 0.86), (0.08, 0.93),
             (0.062, 1.4), (0.05, 2.9), (0.072, 2.96), (0.072, 3.02), (0.045, 3.08), (0.04, 3.35), (0.085, 3.42), (0.085, 3.46), (0.03, 3.5)], (x, y, 0.0), 28)
    s.tube([(x - 0.42, y, 3.2), (x + 0.42, y, 3.2)], 0.019, 10)
    for e in (-0.42, 0.42):
        s.lathe([(0.0, -0.035), (0.034, 0.0), (0.0, 0.035)], (x + e, y, 3.2), 14)
    b, t, z0, z1 = 0.115, 0.205, 3.52, 4.06
    flat = f.s('iron.lantern', 0.004)
    for sx in (-1, 1):
        for sy in (-1, 1):
            flat_pts = [(x + sx * b, y + sy * b, z0), (x + sx * t, y + sy * t, z1)]
            s.tube(flat_pts, 0.014, 6)
    for w, z in ((b, z0), (t, z1)):
        flat.box(x - w - 0.018, x + w + 0.018, y - w - 0.018, y + w + 0.018, z - 0.018, z + 0.018)
    s.lathe([(0.30, 0.0), (0.29, 0.03), (0.17, 0.16), (0.10, 0.21), (0.10, 0.27), (0.13, 0.29), (0.05, 0.35), (0.02, 0.38), (0.025, 0.42), (0.0, 0.46)], (x, y, z1 + 0.01), 4 * 6)
    for i in range(4):
        a = math.pi / 4 + math.pi / 2 * i
        p, q = Vector((math.cos(a), math.sin(a), 0)), Vector((math.cos(a + math.pi / 2), math.sin(a + math.pi / 2), 0))
        c = Vector((x, y, 0))
        k = 2 ** 0.5
        f.s('glass').quad(c + p * b * k + Vector((0, 0, z0)), c + q * b * k + Vector((0, 0, z0)), c + q * t * k + Vector((0, 0, z1)), c + p * t * k + Vector((0, 0, z1)))
    mantle = Shape('mantle', f.m['mantle'], smooth=True).lathe([(0.0, 0.0), (0.03, 0.02), (0.042, 0.07), (0.036, 0.13), (0.0, 0.15)], (x, y, 3.72), 20).make(scene, 'lamp')
    mantle.visible_shadow = False
    light(scene, 'POINT', 'lamp', (x, y, 3.8), energy=70, colour=(1.0, 0.62, 0.26), shadow_soft_size=0.05)


def bicycle(f, x, y, lean=0.16):
    """A black roadster against the stall riser; built upright at the origin, then leaned and set down."""
    rubber, steel, black, leather = [Shape(n, f.m[n.split('.')[0]], smooth=True) for n in ('rubber', 'steel', 'iron.bike', 'leather')]
    R, base = 0.345, 1.06
    for cx in (0.0, base):
        rubber.ring((cx, 0, R), R - 0.016, 0.017, 'y', 48, 10)
        steel.ring((cx, 0, R), R - 0.042, 0.010, 'y', 48, 8)
        steel.tube([(cx, -0.045, R), (cx, 0.045, R)], 0.02, 10)
        for i in range(28):
            a = 2 * math.pi * i / 28 + 0.05
            side = 0.03 if i % 2 else -0.03
            steel.tube([(cx + 0.02 * math.cos(a + 1.2), side, R + 0.02 * math.sin(a + 1.2)), (cx + (R - 0.045) * math.cos(a), 0, R + (R - 0.045) * math.sin(a))], 0.0021, 4)
        arc = [(cx + (R + 0.026) * math.cos(a), 0, R + (R + 0.026) * math.sin(a)) for a in [math.radians(d) for d in (range(15, 196, 9) if cx else range(-15, 166, 9))]]
        black.tube(arc, 0.017, 8)
    crank, seat, head, headlow = (0.46, 0, 0.30), (0.30, 0, 0.80), (0.83, 0, 0.86), (0.87, 0, 0.68)
    for a, b, t in ((crank, seat, 0.016), (seat, head, 0.015), (crank, headlow, 0.017), (head, headlow, 0.02)):
        black.tube([a, b], t, 10)
    for s in (-0.05, 0.05):
        black.tube([(0, s, R), crank], 0.010, 8)
        black.tube([(0, s, R), (0.31, s * 0.4, 0.76)], 0.009, 8)
        black.tube([headlow, (0.93, s, 0.62), (base, s, R)], 0.012, 8)
    steel.tube([seat, (0.275, 0, 0.93)], 0.013, 8)
    steel.tube([head, (0.80, 0, 1.0), (0.85, 0, 1.03)], 0.013, 8)
    steel.tube([(0.62, 0.27, 0.96), (0.76, 0.25, 1.02), (0.86, 0.12, 1.04), (0.86, -0.12, 1.04), (0.76, -0.25, 1.02), (0.62, -0.27, 0.96)], 0.011, 8)
    for s in (-1, 1):
        leather.tube([(0.66, s * 0.265, 0.975), (0.54, s * 0.285, 0.935)], 0.017, 10)
    leather.cushion((0.25, 0, 0.965), (0.27, 0.19, 0.07), 3.0, 14, shape=lambda a, b, c: (a, b * (1.0 - 0.42 * (a + 1) / 2), c))
    black.ring((0.46, -0.05, 0.30), 0.095, 0.008, 'y', 32, 6)
    for s, d in ((-0.07, 1), (0.07, -1)):
        steel.tube([(0.46, s, 0.30), (0.46 + 0.12 * d, s, 0.30 - 0.12 * d)], 0.010, 6)
        rubber.tube([(0.46 + 0.12 * d, s - 0.05, 0.30 - 0.12 * d), (0.46 + 0.12 * d, s + 0.05, 0.30 - 0.12 * d)], 0.014, 6)
    for z in (0.36, 0.24):
        steel.tube([(0.46, -0.05, z + 0.03), (0.0, -0.04, R + (0.03 if z > 0.3 else -0.03))], 0.004, 4)
    leather.box(-0.17, 0.20, -0.07, 0.07, 0.70, 0.72)
    objs = [s.make(bpy.context.scene) for s in (rubber, steel, black, leather)]
    for o in objs:
        o.rotation_euler, o.location = (-lean, 0, math.radians(4)), (x, y, 0.0)


def dressing(f, scene, r):
    """Crates, a barrow board, an A-sign, a handcart wheel, swept leaves: what makes the pavement lived in."""
    for x, y, z, w, d, h, t in ((4.9, -0.62, 0, 0.62, 0.44, 0.36, 0.1), (4.95, -0.6, 0.365, 0.6, 0.42, 0.34, -0.12), (5.62, -0.5, 0, 0.55, 0.42, 0.34, 0.3)):
        px, py = x + w / 2, y + d / 2
        for k in range(4):
            zz = z + 0.015 + k * h / 4
            f.s('crate', 0.004).box(x, x + w, y, y + 0.015, zz, zz + h / 4 - 0.018, t, (px, py, z))
            f.s('crate', 0.004).box(x + w - 0.015, x + w, y, y + d, zz, zz + h / 4 - 0.018, t, (px, py, z))
            f.s('crate', 0.004).box(x, x + 0.015, y, y + d, zz, zz + h / 4 - 0.018, t, (px, py, z))
        for cx in (x + 0.01, x + w - 0.06):
            f.s('crate', 0.004).box(cx, cx + 0.05, y - 0.012, y + 0.02, z, z + h, t, (px, py, z))
        f.s('crate', 0.0).box(x + 0.01, x + w - 0.01, y + 0.01, y + d - 0.01, z + 0.01, z + h - 0.03, t, (px, py, z))
    # Sandwich board on the pavement.
    for s in (-1, 1):
        board = Shape('board%d' % s, f.m['signboard'], 0.006).box(-0.3, 0.3, -0.012, 0.012, 0.0, 1.02).make(scene)
        rim = Shape('rim%d' % s, f.m['oak'], 0.004)
        for q in ((-0.33, -0.3, 0, 1.05), (0.3, 0.33, 0, 1.05), (-0.3, 0.3, 1.02, 1.05), (-0.3, 0.3, 0.08, 0.11)):
            rim.box(q[0], q[1], -0.02, 0.02, q[2], q[3])
        rim = rim.make(scene)
        for o in (board, rim):
            o.location, o.rotation_euler = (4.25, -2.35 + s * 0.2, 0.0), (s * 0.19, 0, 0)
            o.rotation_euler.z = 0.12
    for text, z, size in (('COATS', 0.80, 0.125), ('MADE & MENDED', 0.63, 0.068), ('— while you wait —', 0.5, 0.052), ('No. 9', 0.30, 0.13)):
        t = lettering(scene, text, (4.25, 0.0, z), size, f.m['gold'], (math.pi / 2 - 0.19, 0, 0.12), 0.002)
        t.location.y = -2.35 - 0.2 + z * 0.185 - 0.016
    for _ in range(560):
        # Fallen leaves gather along the kerb and the walls.
        band = r.random()
        if band < 0.5:
            x, y, z = r.uniform(-14, 9), -3.22 - abs(r.gauss(0, 0.22)), -0.132
        elif band < 0.75:
            x, y, z = r.uniform(-10, 7), -0.18 - abs(r.gauss(0, 0.25)), 0.006
        else:
            x, y, z = r.uniform(-12, 8), r.uniform(-9, -0.5), 0.006
            z = z if y > -3.0 else -0.132
        s, a = r.uniform(0.03, 0.062), r.uniform(0, 6.28)
        u, v = Vector((math.cos(a), math.sin(a), r.uniform(-0.3, 0.3))) * s, Vector((-math.sin(a), math.cos(a), r.uniform(-0.2, 0.4))) * s * 0.6
        c = Vector((x, y, z + 0.012))
        f.s('fallen%d' % r.randrange(3)).poly([c - u, c - u * 0.4 + v, c + u * 0.4 + v, c + u, c + u * 0.4 - v, c - u * 0.4 - v])


def unseen(f, r):
    """What stands behind the camera: it shades the street, and fills the windows' reflections."""
    for x0, x1, h, mat in ((-34, -25.5, 12, 'dull'), (-25, -19.2, 12.5, 'ochre'), (-18.6, -12, 10, 'cream'), (-12, -5, 12, 'dark2'), (-5, 2, 9.5, 'buff'), (2, 9, 11, 'dull'), (9, 18, 9, 'cream2')):
        opens = [(x0 + (x1 - x0) * (i + 0.5) / 3 - 0.55, x0 + (x1 - x0) * (i + 0.5) / 3 + 0.55, z, z + 1.8) for i in range(3) for z in (1.0, 4.3, 7.2) if z + 2.2 < h]
        wall_with_openings(f.s(mat), x0, x1, 0, h, 26.0, opens, 0.2, lambda p: (p[0], -p[1], p[2]))
        f.s('dark').quad((x0, -26.4, 0), (x1, -26.4, 0), (x1, -26.4, h - 0.1), (x0, -26.4, h - 0.1))
        f.s(mat).quad((x0, -34, 0), (x0, -26, 0), (x0, -26, h), (x0, -34, h))
        f.s('slate').quad((x0, -26, h), (x1, -26, h), (x1, -30, h + 2.4), (x0, -30, h + 2.4))
    # A warehouse far down-sun puts the left of the street in shade, so that the light falls on the house.
    for x0, x1, h in ((-86, -64, 27.5), (-64, -58, 25.2), (-58, -52.5, 26.6)):
        f.s('dull').box(x0, x1, -31, -26, 0, h)
    # A plane tree up-sun of the house: its crown throws dapples over the left of the front.
    centre = Vector((-2.6, 0.0, 5.0)) + SUN * 21.0
    for _ in range(1500):
        d = Vector((r.gauss(0, 1), r.gauss(0, 1), r.gauss(0, 1)))
        c = centre + Vector((d.x * 1.5, d.y * 1.5, d.z * 1.5))
        s = r.uniform(0.06, 0.17)
        u = Vector((r.uniform(-1, 1), r.uniform(-1, 1), r.uniform(-1, 1))).normalized() * s
        v = u.cross(Vector((r.uniform(-1, 1), r.uniform(-1, 1), r.uniform(-1, 1)))).normalized() * s * 0.7
        f.s('leaf').quad(c - u, c + v, c + u, c - v)
    wood_ = f.s('oak.turned', smooth=True)
    for _ in range(14):
        d = Vector((r.gauss(0, 1), r.gauss(0, 1), r.gauss(0.4, 1))).normalized()
        wood_.tube([centre - Vector((0, 0, 2.5)), centre + d * 1.0, centre + d * 3.2], [0.09, 0.05, 0.012], 6)


def materials():
    m = {
        'brick': brick('brick', [(0.125, 0.030, 0.020), (0.235, 0.066, 0.038), (0.31, 0.098, 0.052), (0.36, 0.145, 0.075), (0.16, 0.048, 0.034)], soot=0.55),
        'buff': brick('buff', [(0.28, 0.20, 0.11), (0.38, 0.28, 0.16), (0.45, 0.34, 0.20), (0.24, 0.16, 0.09)], soot=0.6, seed=3.1),
        'dull': brick('dull', [(0.10, 0.055, 0.04), (0.19, 0.10, 0.07), (0.24, 0.13, 0.085), (0.12, 0.07, 0.05)], soot=0.7, seed=7.7),
        'dark2': brick('dark2', [(0.07, 0.035, 0.028), (0.13, 0.055, 0.04), (0.17, 0.075, 0.05), (0.08, 0.045, 0.035)], soot=0.6, seed=1.3),
        'stone': stone('stone', (0.44, 0.38, 0.29)), 'stone2': stone('stone2', (0.52, 0.47, 0.38), 0.35), 'granite': stone('granite', (0.24, 0.225, 0.21), 0.2),
        'cream': render_coat('cream', (0.55, 0.46, 0.33)), 'ochre': render_coat('ochre', (0.47, 0.32, 0.17)), 'cream2': render_coat('cream2', (0.44, 0.40, 0.33)),
        'setts': setts(), 'flags': flags(), 'slate': slate(), 'canvas': canvas(),
        'paint': plain('paint', (0.62, 0.57, 0.47), 0.42, 0.35), 'paint2': plain('paint2', (0.16, 0.20, 0.18), 0.4, 0.4),
        'green': plain('green', (0.012, 0.048, 0.034), 0.28, 0.5, 3.0, 0.08), 'blue': plain('blue', (0.022, 0.045, 0.085), 0.3, 0.5, 3.0, 0.08),
        'oxblood': plain('oxblood', (0.12, 0.018, 0.014), 0.32, 0.5, 3.0), 'signboard': plain('signboard', (0.008, 0.022, 0.017), 0.22, 0.4),
        'gold': plain('gold', (0.72, 0.46, 0.13), 0.28, 0.2, 9.0, metallic=0.9), 'brass': plain('brass', (0.66, 0.43, 0.16), 0.25, 0.3, 9.0, metallic=1.0),
        'iron': plain('iron', (0.022, 0.024, 0.024), 0.42, 0.5, 9.0, 0.3), 'steel': plain('steel', (0.45, 0.45, 0.44), 0.28, 0.4, 20, metallic=1.0),
        'rubber': plain('rubber', (0.016, 0.015, 0.014), 0.7, 0.5, 20), 'leather': plain('leather', (0.10, 0.038, 0.014), 0.42, 0.5, 20),
        'glass': glass('glass', mirror=0.08), 'brightglass': glass('brightglass', (0.9, 0.93, 0.9), 0.05, 5.0),
        'dark': plain('dark', (0.012, 0.011, 0.010), 0.9), 'blind': plain('blind', (0.46, 0.38, 0.24), 0.8, 0.25), 'shopwall': plain('shopwall', (0.28, 0.20, 0.12), 0.7),
        'oak': wood('oak', (0.05, 0.022, 0.009), (0.17, 0.085, 0.036), 'x'), 'terracotta': plain('terracotta', (0.36, 0.15, 0.075), 0.85, 0.4),
        'crate': wood('crate', (0.16, 0.10, 0.055), (0.34, 0.24, 0.14), 'x', rough=0.8, gloss=0.1),
        'leaf': plain('leaf', (0.035, 0.075, 0.018), 0.6, 0.4), 'petal': plain('petal', (0.42, 0.022, 0.02), 0.6, 0.3),
        'fallen0': plain('fallen0', (0.34, 0.17, 0.035), 0.7, 0.4), 'fallen1': plain('fallen1', (0.25, 0.085, 0.02), 0.7, 0.4), 'fallen2': plain('fallen2', (0.15, 0.09, 0.03), 0.7, 0.4),
        'cloth0': plain('cloth0', (0.08, 0.035, 0.10), 0.9, 0.3), 'cloth1': plain('cloth1', (0.30, 0.22, 0.13), 0.9, 0.3), 'cloth2': plain('cloth2', (0.03, 0.07, 0.085), 0.9, 0.3),
        'bulb': glow('bulb', (1.0, 0.64, 0.30), 9.0), 'mantle': glow('mantle', (1.0, 0.66, 0.30), 60.0),
    }
    lace = Material('lace')
    d = lace.node('BsdfDiffuse', None, Color=(0.62, 0.58, 0.50))
    t = lace.node('BsdfTransparent', None, Color=(1, 1, 1))
    m['lace'] = lace.finish(lace.node('MixShader', None, _0=0.25, _1=d.outputs[0], _2=t.outputs[0]))
    return m


def build():
    scene = reset()
    r = rng(1926)
    f = Facades(materials())
    lightgroups(bpy.context.view_layer, GROUPS)
    sky(scene)
    sun(scene, 'sun', SUN, 7.2, (1.0, 0.66, 0.36), math.radians(0.9), 5)
    camera(scene, EYE, AIM, LENS, (0.0, SHIFT_Y), 4.0, 19.5)
    pavement(f, r)
    hero(f, scene, r)
    neighbours(f, r)
    lamp_post(f, scene, -5.6, -2.55)
    dressing(f, scene, r)
    unseen(f, r)
    for shape in list(f.shapes.values()):
        obj = shape.make(scene)
        if shape.smooth:
            weld(obj)
    bicycle(f, 0.55, -0.40)
    hang = Shape('valance', f.m['canvas'], smooth=True).grid(valance(0)).make(scene)
    film_look(scene)
    return scene, hang


def move(hang, frame):
    flat = [c for row in valance(frame) for p in row for c in p]
    hang.data.vertices.foreach_set('co', flat)
    hang.data.update()


def geometry(scene, path, width, height):
    cam = scene.camera
    bpy.context.view_layer.update()
    world = cam.matrix_world
    fx = LENS / 36.0 * width
    cx, cy = width / 2 - cam.data.shift_x * width, height / 2 + cam.data.shift_y * width
    flip = [[1, 0, 0, 0], [0, -1, 0, 0], [0, 0, -1, 0], [0, 0, 0, 1]]
    inv = world.inverted()
    view = [[round(sum(flip[i][k] * inv[k][j] for k in range(4)), 8) for j in range(4)] for i in range(4)]

    def project(p):
        q = [sum(view[i][j] * (*p, 1.0)[j] for j in range(4)) for i in range(3)]
        return [round(fx * q[0] / q[2] + cx, 2), round(fx * q[1] / q[2] + cy, 2)]

    h = HOUSE
    corners = {f'{fz}{fy}{fx_}': (h['x0' if fx_ == 'Left' else 'x1'], h['y0' if fy == 'Front' else 'y1'], 0.0 if fz == 'bottom' else h['top'])
               for fz in ('bottom', 'top') for fy in ('Front', 'Back') for fx_ in ('Left', 'Right')}
    data = {
        'shot': 'street', 'units': 'metre', 'axes': {'x': 'along the street, to the right', 'y': 'into the buildings', 'z': 'up'},
        'image': {'width': width, 'height': height, 'origin': 'top left, pixel edges', 'frameRate': '24/1', 'frames': FRAMES},
        'camera': {'lockedOff': True, 'lensMm': LENS, 'sensorWidthMm': 36.0, 'shiftY': SHIFT_Y, 'fStop': 4.0, 'focusDistance': 19.5, 'position': list(EYE),
                   'intrinsics': [[fx, 0, cx], [0, fx, cy], [0, 0, 1]], 'worldToCamera': view, 'convention': 'x right, y down, z forward (OpenCV); pixel = K [R|t] X'},
        'ground': {'pavement': {'point': [0, 0, 0.0], 'normal': [0, 0, 1], 'yFrom': -3.0}, 'road': {'point': [0, 0, -0.14], 'normal': [0, 0, 1], 'yTo': -3.19}},
        'sun': {'direction': [round(c, 6) for c in SUN], 'meaning': 'unit vector from the scene towards the sun'},
        'building': {'name': 'Hollin & Daughter', 'corners': {k: {'world': list(v), 'pixel': project(v)} for k, v in corners.items()},
                     'wallThickness': 0.19, 'storeys': [{'name': 'ground', 'floor': 0.0, 'ceiling': 3.9}, {'name': 'first', 'floor': 4.0, 'ceiling': 6.86}, {'name': 'second', 'floor': 6.86, 'ceiling': 9.16}],
                     'parapetTop': h['top'],
                     'openings': [{'kind': 'shopFront', 'x': [-4.0, 2.15], 'z': [0.0, 3.22]}, {'kind': 'door', 'x': [2.75, 3.85], 'z': [0.0, 3.02]}]
                     + [{'kind': 'window', 'x': [round(c - 0.54, 3), round(c + 0.54, 3)], 'z': list(z)} for z in ((4.45, 6.35), (7.28, 8.85)) for c in WINDOWS],
                     'brick': {'width': 0.225, 'rowHeight': 0.075, 'joint': 0.0062, 'bond': 'stretcher'}},
        'neighbours': [{'side': 'left', 'attached': True, 'x': [-9.9, -4.5], 'height': 8.7}, {'side': 'right', 'attached': False, 'alley': [4.5, 7.1], 'x': [7.1, 14.0], 'height': 11.9}],
        'occluders': [{'name': 'lamp post', 'at': [-5.6, -2.55, 0], 'height': 4.52}, {'name': 'awning', 'x': [AWNING['x0'], AWNING['x1']], 'y': [AWNING['y1'], AWNING['y0']], 'z': [AWNING['z1'] - AWNING['drop'], AWNING['z0']]},
                      {'name': 'sandwich board', 'at': [4.25, -2.35, 0], 'height': 1.05}, {'name': 'bicycle', 'at': [0.35, -0.42, 0], 'height': 1.05}],
    }
    with open(path, 'w') as out:
        json.dump(data, out, indent=2)
        out.write('\n')


if __name__ == '__main__':
    a = arguments(out='/tmp/street', width=1280, height=720, samples=64, seed=1, job='still', first=0, last=FRAMES - 1)
    scene, hang = build()
    hang.visible_camera = False
    if a['job'] == 'geometry':
        geometry(scene, a['out'], a['width'], a['height'])
    elif a['job'] == 'still':
        render(scene, a['out'], GROUPS, a['width'], a['height'], a['samples'], a['seed'])
    else:
        k = a['width'] / 1280
        border = tuple(round(b * k) for b in BORDER)
        for frame in range(a['first'], a['last'] + 1):
            move(hang, frame)
            render(scene, a['out'], GROUPS, a['width'], a['height'], a['samples'], a['seed'], border=border, prefix=f'f{frame:03d}_', only=hang)
