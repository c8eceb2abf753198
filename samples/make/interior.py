"""The interior: the front room above the shop, with the afternoon coming in through dust.

    blender -b --factory-startup -P interior.py -- out=DIR width=1280 height=720 samples=64 seed=1 job=still

`job=still` renders the room without the sheer curtain, `job=layer` the sheer alone.
"""
import json
import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bpy
from mathutils import Vector
from kit import *

GROUPS = ['sun', 'sky', 'lamp']
EYE, AIM, LENS, SHIFT_Y = (1.62, -1.75, 1.30), (-0.62, 4.6, 1.30), 29.0, -0.012
ROOM = dict(x0=-2.7, x1=3.1, y0=-2.4, y1=4.6, z1=3.05)
WINDOW = dict(y0=2.05, y1=3.45, z0=0.62, z1=2.62)
BEAM = Vector((0.80, -0.17, -0.50)).normalized()
BORDER = (90, 400, 40, 660)
FRAMES = 72


def wallpaper():
    m = Material('wallpaper')
    p = m.position()
    x, y, z = m.split(p)
    u, v = m.math('MULTIPLY', m.math('ADD', x, y), 2 * math.pi / 0.42), m.math('MULTIPLY', z, 2 * math.pi / 0.62)
    c = lambda s: m.math('COSINE', s)
    ogee = m.math('ADD', c(u), c(v))
    petals = m.math('ADD', m.math('MULTIPLY', c(m.math('MULTIPLY', u, 3.0)), 0.55), m.math('MULTIPLY', c(m.math('MULTIPLY', v, 4.0)), 0.45))
    cross = m.math('MULTIPLY', m.math('MULTIPLY', c(m.math('MULTIPLY', u, 0.5)), c(m.math('MULTIPLY', v, 0.5))), 1.6)
    f = m.math('ADD', m.math('ABSOLUTE', m.math('ADD', ogee, petals)), m.math('ABSOLUTE', cross))
    motif = m.ramp(m.math('FRACT', m.math('MULTIPLY', f, 0.55)), [(0.36, 0.0), (0.42, 1.0), (0.62, 1.0), (0.68, 0.0)])
    age = m.noise(p, 0.9, 6, 0.65)
    ground = m.mix(m.ramp(age, [(0.35, 0.0), (0.7, 1.0)]), (0.024, 0.050, 0.046), (0.036, 0.066, 0.055))
    figure = m.mix(m.ramp(age, [(0.35, 0.0), (0.7, 1.0)]), (0.058, 0.088, 0.068), (0.10, 0.115, 0.072))
    colour = m.mix(motif, ground, figure)
    # Paler squares stay where pictures once hung, and damp creeps under the cornice.
    damp = m.math('MULTIPLY', m.ramp(m.math('SUBTRACT', z, m.math('MULTIPLY', age, 0.9)), [(0.0, 0.0), (1.0, 0.0)]), 1.0)
    stain = m.math('MULTIPLY', m.ramp(m.math('ADD', m.math('MULTIPLY', z, 0.28), m.math('MULTIPLY', age, 0.42)), [(0.93, 0.0), (1.0, 1.0)]), 0.55)
    colour = m.mix(stain, colour, (0.06, 0.045, 0.025))
    return m.principled(Base_Color=colour, Roughness=m.math('SUBTRACT', 0.72, m.math('MULTIPLY', motif, 0.22)), Specular=0.3, Normal=m.bump(m.math('ADD', motif, m.math('MULTIPLY', m.noise(p, 90, 2), 0.4)), 0.12, 0.003))


def rug():
    m = Material('rug')
    uv = m.node('TexCoord').outputs['UV']
    p = m.position()
    attr = m.node('Attribute', {'attribute_name': 'sheet'}).outputs['Vector']
    x, y, _ = m.split(attr)
    ax, ay = m.math('ABSOLUTE', x), m.math('ABSOLUTE', y)
    edge = m.math('MAXIMUM', ax, ay)
    k = 14.0
    lattice = m.math('ADD', m.math('COSINE', m.math('MULTIPLY', x, 3 * k)), m.math('COSINE', m.math('MULTIPLY', y, 2 * k)))
    lattice = m.math('ADD', lattice, m.math('COSINE', m.math('MULTIPLY', m.math('ADD', x, y), 2.2 * k)))
    field = m.ramp(m.math('FRACT', m.math('MULTIPLY', lattice, 0.6)), [(0.0, (0.14, 0.018, 0.016)), (0.3, (0.14, 0.018, 0.016)), (0.32, (0.30, 0.19, 0.09)), (0.42, (0.30, 0.19, 0.09)), (0.44, (0.022, 0.035, 0.062)), (0.8, (0.022, 0.035, 0.062)), (0.82, (0.20, 0.04, 0.022))], 'CONSTANT')
    border = m.ramp(m.math('FRACT', m.math('ADD', m.math('MULTIPLY', lattice, 0.35), 0.3)), [(0.0, (0.018, 0.028, 0.05)), (0.5, (0.018, 0.028, 0.05)), (0.52, (0.26, 0.15, 0.07)), (0.75, (0.16, 0.025, 0.02))], 'CONSTANT')
    colour = m.mix(m.math('GREATER_THAN', edge, 0.80), field, border)
    line = m.ramp(edge, [(0.785, 0.0), (0.79, 1.0), (0.805, 1.0), (0.81, 0.0), (0.955, 0.0), (0.96, 1.0), (0.97, 1.0), (0.975, 0.0)])
    colour = m.mix(line, colour, (0.32, 0.22, 0.11))
    worn = m.ramp(m.noise(p, 1.6, 6, 0.65), [(0.45, 0.0), (0.75, 0.65)])
    colour = m.mix(worn, colour, (0.16, 0.10, 0.065))
    fuzz = m.noise(p, 320, 2, 0.5)
    colour = m.mix(0.35, colour, m.mix(fuzz, (0.02, 0.015, 0.012), (0.3, 0.22, 0.16)))
    return m.principled(Base_Color=colour, Roughness=0.95, Sheen=0.7, Specular=0.1, Normal=m.bump(fuzz, 0.6, 0.006))


def upholstery():
    """Rubbed oxblood leather, darker in its folds, cracked where people have sat."""
    m = Material('upholstery')
    p = m.position()
    grain = m.node('TexVoronoi', {'feature': 'DISTANCE_TO_EDGE'}, Vector=p, Scale=170.0).outputs[0]
    crease, broad = m.noise(p, 22, 6, 0.7, 0.8), m.noise(p, 3.2, 5, 0.6)
    point = m.node('NewGeometry').outputs['Pointiness']
    colour = m.mix(m.ramp(broad, [(0.3, 0.0), (0.7, 1.0)]), (0.075, 0.014, 0.009), (0.135, 0.030, 0.014))
    colour = m.mix(m.ramp(point, [(0.50, 0.0), (0.56, 0.75)]), colour, (0.27, 0.105, 0.045))
    colour = m.mix(m.ramp(point, [(0.42, 0.8), (0.49, 0.0)]), colour, (0.02, 0.006, 0.005))
    colour = m.mix(m.ramp(crease, [(0.35, 0.5), (0.45, 0.0)]), colour, (0.03, 0.008, 0.006))
    height = m.math('ADD', m.math('MULTIPLY', m.ramp(grain, [(0.0, 0.0), (0.12, 1.0)]), 0.25), crease)
    return m.principled(Base_Color=colour, Roughness=m.math('ADD', 0.24, m.math('MULTIPLY', crease, 0.3)), Specular=0.55, Normal=m.bump(height, 0.22, 0.006))


def drapery(name, colour, through, sheer=0.0, weave=160):
    m = Material(name)
    p = m.position()
    n = m.noise(m.vector('MULTIPLY', p, (1, 1, 0.25)), weave, 3, 0.6)
    c = m.mix(n, tuple(v * 0.72 for v in colour), colour)
    d = m.node('BsdfDiffuse', None, Color=c, Normal=m.bump(n, 0.2, 0.002))
    t = m.node('BsdfTranslucent', None, Color=c)
    mixed = m.node('MixShader', None, _0=through, _1=d.outputs[0], _2=t.outputs[0])
    if sheer:
        clear = m.node('BsdfTransparent', None, Color=(1, 1, 1))
        mixed = m.node('MixShader', None, _0=sheer, _1=mixed.outputs[0], _2=clear.outputs[0])
    return m.finish(mixed)


def floorboards(scene, r, mat):
    """Herringbone oak: every block is its own, a hair proud or low of the next."""
    s = Shape('floor', mat, 0.0016, segments=1)
    tones, w, length = [], 0.088, 0.44
    step = w * math.sqrt(2)
    for i in range(-36, 37):
        for j in range(-32, 34):
            for side in (0, 1):
                # Two families of blocks at +45 and -45 degrees, each stepped by one width.
                cx = i * length / math.sqrt(2) * 1.0 + (length / 2 / math.sqrt(2) if side else 0) * 0
                a = math.radians(45 if side == 0 else -45)
                bx = i * (length * math.sqrt(2)) + (length / math.sqrt(2) if side else 0.0)
                by = j * step + (step / 2 if side else 0.0)
                if not (ROOM['x0'] - 0.4 < bx < ROOM['x1'] + 0.4 and ROOM['y0'] - 0.3 < by < ROOM['y1'] + 0.4):
                    continue
                lift = r.uniform(-0.0012, 0.0012)
                g = 0.0007
                s.box(bx - length / 2 + g, bx + length / 2 - g, by - w / 2 + g, by + w / 2 - g, -0.02, lift, a, (bx, by, 0))
                tones.append((r.random(), r.random(), r.random()))
    obj = s.make(scene)
    layer = obj.data.color_attributes.new('tone', 'FLOAT_COLOR', 'POINT')
    layer.data.foreach_set('color', [c for t in tones for _ in range(8) for c in (*t, 1.0)])
    return obj


def panelling(paint, x0, x1, z0, z1, place, step=0.62):
    """Raised-and-fielded wainscot along a wall; `place(u, out, z)` maps to the room."""
    n = max(1, round((x1 - x0) / step))
    w = (x1 - x0) / n

    def slab(a, b, c, d, near, far):
        p = [place(u, o, z) for z in (c, d) for o in (far, near) for u in (a, b)]
        start = len(paint.verts)
        paint.verts += p
        for face in ((0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)):
            paint.faces.append(tuple(start + i for i in face))

    slab(x0, x1, z0, z1, 0.0, 0.01)
    slab(x0, x1, z0 - 0.05, z0 + 0.16, 0.0, 0.035)
    slab(x0, x1, z0 + 0.16, z0 + 0.185, 0.0, 0.028)
    slab(x0, x1, z1 - 0.09, z1, 0.0, 0.026)
    slab(x0, x1, z1, z1 + 0.03, 0.0, 0.055)
    slab(x0, x1, z1 + 0.03, z1 + 0.045, 0.0, 0.045)
    for i in range(n + 1):
        c = x0 + w * i
        slab(max(x0, c - 0.045), min(x1, c + 0.045), z0 + 0.16, z1 - 0.09, 0.0, 0.026)
    for i in range(n):
        a, b, c, d = x0 + w * i + 0.085, x0 + w * (i + 1) - 0.085, z0 + 0.235, z1 - 0.135
        outer = [(a, c), (b, c), (b, d), (a, d)]
        inner = [(a + 0.04, c + 0.04), (b - 0.04, c + 0.04), (b - 0.04, d - 0.04), (a + 0.04, d - 0.04)]
        for (p, q), (s, t) in zip(zip(outer, outer[1:] + outer[:1]), zip(inner, inner[1:] + inner[:1])):
            paint.quad(place(p[0], 0.012, p[1]), place(q[0], 0.012, q[1]), place(t[0], 0.024, t[1]), place(s[0], 0.024, s[1]))
        paint.poly([place(u, 0.024, z) for u, z in inner])


def window(scene, paint, glazing):
    w, x = WINDOW, ROOM['x0']
    k = x - 0.26
    for a, b in ((w['y0'], 0), (w['y1'], 0)):
        paint.quad((x, a, w['z0']), (k, a, w['z0']), (k, a, w['z1']), (x, a, w['z1']))
    paint.quad((x, w['y0'], w['z1']), (k, w['y0'], w['z1']), (k, w['y1'], w['z1']), (x, w['y1'], w['z1']))
    paint.box(k - 0.05, x + 0.06, w['y0'] - 0.08, w['y1'] + 0.08, w['z0'] - 0.05, w['z0'])
    for a, b, c, d in ((w['y0'] - 0.13, w['y0'], w['z0'] - 0.05, w['z1'] + 0.13), (w['y1'], w['y1'] + 0.13, w['z0'] - 0.05, w['z1'] + 0.13), (w['y0'] - 0.13, w['y1'] + 0.13, w['z1'], w['z1'] + 0.14)):
        paint.box(x - 0.01, x + 0.035, a, b, c, d)
    panes = []
    mid = (w['z0'] + w['z1']) / 2
    for lo, hi, off in ((w['z0'], mid + 0.02, 0.0), (mid - 0.02, w['z1'], -0.045)):
        a, b, f0, f1 = w['y0'], w['y1'], k + off, k + off + 0.04
        for q in ((a, a + 0.055, lo, hi), (b - 0.055, b, lo, hi), (a, b, lo, lo + 0.055), (a, b, hi - 0.05, hi)):
            paint.box(f0, f1, q[0], q[1], q[2], q[3])
        for i in range(1, 3):
            c = a + (b - a) * i / 3
            paint.box(f0 + 0.006, f1 - 0.006, c - 0.012, c + 0.012, lo, hi)
        mz = (lo + hi) / 2
        paint.box(f0 + 0.006, f1 - 0.006, a, b, mz - 0.012, mz + 0.012)
        glazing.quad((f0 + 0.02, a, lo), (f0 + 0.02, b, lo), (f0 + 0.02, b, hi), (f0 + 0.02, a, hi))
        edges = [a + 0.055] + [a + (b - a) * i / 3 for i in (1, 2)] + [b - 0.055]
        for i in range(3):
            for c, d in ((lo + 0.055, mz - 0.012), (mz + 0.012, hi - 0.05)):
                panes.append([f0 + 0.02, edges[i] + (0.012 if i else 0), edges[i + 1] - (0.012 if i < 2 else 0), c, d])
    return panes


def curtain(y0, y1, gather, phase, x=None, top=2.86, low=0.02, pleats=9):
    """A curtain's sheet: pleats that open towards the hem; tied back part way down if `gather`."""
    x = ROOM['x0'] + 0.17 if x is None else x
    rows = []
    for j in range(71):
        v = j / 70
        z = top - (top - low) * v
        tie = math.exp(-((v - 0.60) / 0.16) ** 2) if gather else 0.0
        row = []
        for i in range(161):
            u = i / 160
            full = (y1 - y0) * (1.0 - 0.62 * tie * abs(gather))
            a = y0 if gather >= 0 else y1 - full
            y = a + full * u
            amp = 0.022 + 0.036 * v * (1 - 0.55 * tie)
            fold = math.sin(u * pleats * 2 * math.pi + 0.5 * math.sin(v * 3 + phase) + phase) + 0.35 * math.sin(u * pleats * 3.4 + phase * 2 + v * 2.2)
            row.append((x + amp * fold + 0.05 * tie * (1 - u if gather > 0 else u), y + 0.006 * math.sin(u * 40 + v * 9), z))
        rows.append(row)
    return rows


def breath(frame):
    """The sheer, half drawn: the draught fills it and lets it fall, once in 72 frames, with a ripple that runs down it."""
    w = 2 * math.pi * frame / FRAMES
    rows = curtain(WINDOW['y1'] - 0.62, WINDOW['y1'] + 0.06, 0, 0.9, ROOM['x0'] + 0.07, 2.84, 0.06, 11)
    out = []
    for j, row in enumerate(rows):
        v = j / (len(rows) - 1)
        fill = 0.5 - 0.5 * math.cos(w - v * 0.9)
        moved = []
        for i, (x, y, z) in enumerate(row):
            u = i / (len(row) - 1)
            free = 1 - 0.75 * u
            push = v ** 1.3 * free * (0.13 * fill + 0.022 * math.sin(2 * w - v * 4 + u * 3))
            moved.append((x + push, y - v * v * free * 0.10 * fill + 0.012 * v * math.sin(w * 2 + u * 8 - v * 3), z + 0.03 * v * fill * free))
        out.append(moved)
    return out


def armchair(scene, m, at, turn):
    """A deep-buttoned club chair: rolled arms and back, a loose seat cushion, turned legs on castors."""
    hide = Shape('armchair', m['upholstery'], smooth=True)
    made = []

    def tuft(u, v, cols, rows_):
        """Depth of deep buttoning at (u, v) in 0..1: diamonds whose corners are pulled in."""
        a, b = u * cols, v * rows_
        p, q = a + b, a - b
        dp, dq = abs(p - round(p)), abs(q - round(q))
        seam = min(1.0, min(dp, dq) * 3.2)
        # Buttons sit where both diagonals meet.
        d2 = (p - round(p)) ** 2 + (q - round(q)) ** 2
        return 0.55 * (1 - math.sqrt(max(0.0, seam))) + 0.85 * math.exp(-d2 * 26)

    # Inner back and arms as one wrapped sheet, buttoned.
    path = []
    w, d = 0.34, 0.33
    for i in range(221):
        t = i / 220
        s = t * 2 - 1
        a = s * math.radians(106)
        px = (w + 0.02) * math.copysign(abs(math.sin(a)) ** 0.62, a)
        py = d * math.copysign(abs(math.cos(a)) ** 0.72, math.cos(a))
        if abs(s) > 0.86:
            py -= (abs(s) - 0.86) * 0.9
        path.append((px, py, t))
    inner = []
    for j in range(61):
        v = j / 60
        row = []
        for px, py, t in path:
            s = abs(t * 2 - 1)
            high = 0.62 + 0.26 * (0.5 + 0.5 * math.cos(math.pi * min(1, max(0, (s - 0.30) / 0.38))))
            z = 0.17 + (high - 0.17) * v
            u = max(0.0, (z - 0.40) / (high - 0.40))  # the sheet runs on below the seat, so that the arms stand on the rail
            lean = 1.0 + 0.20 * u * u
            pull = 0.050 * tuft(t * 1.0, u, 9.5, 2.2) * min(1, 6 * u) * min(1, (1 - s) * 9)
            n = Vector((px, py, 0)).normalized()
            puff = 0.03 * math.sin(math.pi * min(1, u * 1.05))
            row.append((px * lean + n.x * (pull - puff), py * lean + n.y * (pull - puff), z))
        inner.append(row)
    # Roll over the top and down the outside.
    rim = inner[-1]
    for k in range(1, 19):
        a = math.pi * 1.15 * k / 18
        row = []
        for (x, y, z) in rim:
            n = Vector((x, y, 0)).normalized()
            r_ = 0.082
            out = r_ * (1 - math.cos(a))
            up = r_ * math.sin(a)
            row.append((x + n.x * out, y + n.y * out, z + up))
        inner.append(row)
    last = inner[-1]
    for v in (0.3, 0.65, 1.0):
        inner.append([(x * (1 - 0.04 * v), y * (1 - 0.04 * v), z + (0.17 - z) * v) for x, y, z in last])
    hide.grid(inner)
    # Arm fronts: scrolls with a nailed facing.
    n = len(inner)
    for side in (0, -1):
        edge = [Vector(row[side]) for row in inner]
        c = sum(edge, Vector()) / n
        ys = min(p.y for p in edge) - 0.012
        ring = [Vector((p.x, ys, p.z)) for p in edge]
        rows_ = [[tuple(p) for p in edge], [tuple(p) for p in ring], [tuple(c.lerp(p, 0.9) + Vector((0, ys - 0.018 - c.lerp(p, 0.9).y, 0))) for p in ring], [tuple(Vector((c.x, ys - 0.02, c.z)).lerp(p, 0.02)) for p in ring]]
        hide.grid(rows_, closed=True)
        stud = Shape('studs', m['brass'], smooth=True)
        for i in range(0, n, 2):
            p = c.lerp(ring[i], 0.93)
            stud.lathe([(0.0, 0.006), (0.007, 0.003), (0.009, 0.0)], (p.x, ys - 0.020, p.z), 8)
        made.append(stud)
    hide.cushion((0.0, -0.10, 0.255), (0.74, 0.78, 0.24), 7.0, 24)
    hide.cushion((0.0, -0.14, 0.415), (0.60, 0.66, 0.17), 5.5, 30, puff=0.30, shape=lambda x, y, z: (x, y, z - 0.22 * (1 - x * x) * (1 - y * y) * (z > 0)))
    piping = Shape('piping', m['upholstery'], smooth=True)
    for z in (0.365, 0.455):
        pts = []
        for i in range(65):
            a = 2 * math.pi * i / 64
            pts.append((0.298 * math.copysign(abs(math.cos(a)) ** 0.34, math.cos(a)), -0.14 + 0.328 * math.copysign(abs(math.sin(a)) ** 0.34, math.sin(a)), z))
        piping.tube(pts, 0.008, 8)
    button = Shape('buttons', m['upholstery'], smooth=True)
    for i in range(1, 19):
        for k in (0, 1):
            u = i / 19.0
            v = (0.5 if i % 2 else 1.0) / 2.2 + k / 2.2
            col = min(220, int(u * 220))
            s = abs(u * 2 - 1)
            high = 0.62 + 0.26 * (0.5 + 0.5 * math.cos(math.pi * min(1, max(0, (s - 0.30) / 0.38))))
            row = min(60, int((0.40 + (high - 0.40) * v - 0.17) / (high - 0.17) * 60))
            if v < 0.98 and 0.05 < u < 0.95:
                p = Vector(inner[row][col])
                nrm = Vector((p.x, p.y, 0)).normalized()
                button.cushion(tuple(p - nrm * 0.006), (0.026, 0.026, 0.026), 2.0, 8)
    # A rug thrown over one arm.
    throw = Shape('throw', m['throw'], smooth=True)
    rows_ = []
    for j in range(60):
        v = j / 59
        a = (v - 0.5) * 2
        row = []
        for i in range(40):
            u = i / 39
            y = -0.34 + 0.36 * u + 0.015 * math.sin(v * 9 + u * 4)
            over = 0.105
            if abs(a) < 0.32:
                th = a / 0.32 * math.pi / 2
                x, z = 0.445 + over * math.sin(th), 0.615 + over * math.cos(th) * 0.95
            else:
                fall = (abs(a) - 0.32) * (0.55 if a > 0 else 0.24)
                x, z = 0.445 + math.copysign(over, a), 0.615 - fall
                x += 0.016 * math.sin(u * 17 + 1.3) * min(1, fall * 5) + 0.008 * math.sin(u * 31)
            row.append((x, y, z + 0.006 * math.sin(u * 23 + v * 7)))
        rows_.append(row)
    throw.grid(rows_)
    legs = Shape('legs', m['mahogany'], smooth=True)
    cast = Shape('castors', m['brass'], smooth=True)
    for x in (-0.32, 0.32):
        for y in (-0.42, 0.26):
            legs.lathe([(0.0, 0.05), (0.018, 0.05), (0.022, 0.08), (0.03, 0.11), (0.022, 0.125), (0.034, 0.16), (0.034, 0.2), (0.0, 0.2)], (x, y, 0), 18)
            cast.ring((x, y, 0.024), 0.016, 0.010, 'x', 20, 8)
    for s in made + [hide, piping, button, legs, cast]:
        o = s.make(scene)
        if s.smooth:
            weld(o, 2e-4)
        o.location, o.rotation_euler = at, (0, 0, turn)
    o = throw.make(scene, thickness=0.008)
    o.location, o.rotation_euler = at, (0, 0, turn)


def table_and_lamp(scene, m, at):
    top = Shape('table', m['mahogany'], smooth=True)
    top.lathe([(0.0, 0.60), (0.27, 0.60), (0.285, 0.61), (0.285, 0.622), (0.27, 0.632), (0.262, 0.626), (0.0, 0.626)], at, 64)
    top.lathe([(0.0, 0.0), (0.05, 0.16), (0.062, 0.2), (0.04, 0.25), (0.03, 0.42), (0.05, 0.5), (0.036, 0.54), (0.07, 0.6)], at, 28)
    for i in range(3):
        a = 2 * math.pi * i / 3 + 0.4
        top.tube([(at[0] + math.cos(a) * q, at[1] + math.sin(a) * q, z) for q, z in ((0.03, 0.2), (0.13, 0.17), (0.22, 0.06), (0.28, 0.015), (0.31, 0.02))], [0.026, 0.024, 0.018, 0.018, 0.016], 10)
    x, y, z = at[0] + 0.05, at[1] + 0.08, at[2] + 0.626
    brass = Shape('lamp', m['brass'], smooth=True)
    brass.lathe([(0.0, 0.0), (0.085, 0.0), (0.085, 0.012), (0.06, 0.022), (0.028, 0.04), (0.022, 0.1), (0.045, 0.16), (0.05, 0.2), (0.03, 0.26), (0.012, 0.29), (0.012, 0.42), (0.0, 0.42)], (x, y, z), 32)
    shade = Shape('shade', m['shade'], smooth=True)
    rows = []
    for j in range(13):
        v = j / 12
        rr = 0.095 + (0.185 - 0.095) * v ** 1.25
        rows.append([(x + rr * (1 + 0.012 * math.cos(12 * a)) * math.cos(a), y + rr * (1 + 0.012 * math.cos(12 * a)) * math.sin(a), z + 0.575 - 0.25 * v) for a in [2 * math.pi * i / 96 for i in range(96)]])
    shade.grid(rows, closed=True)
    shade.make(scene)
    fringe = Shape('fringe', m['fringe'])
    for i in range(150):
        a = 2 * math.pi * i / 150
        px, py = x + 0.186 * math.cos(a), y + 0.186 * math.sin(a)
        fringe.box(px - 0.0022, px + 0.0022, py - 0.0022, py + 0.0022, z + 0.285 + 0.008 * math.sin(i * 2.1), z + 0.328)
    fringe.make(scene)
    light(scene, 'POINT', 'lamp', (x, y, z + 0.44), energy=9.5, colour=(1.0, 0.58, 0.25), shadow_soft_size=0.04)
    for s in (top, brass):
        weld(s.make(scene))
    # A book left open face down, spectacles' case, a cup on its saucer.
    book = Shape('book', m['cloth1'], 0.002)
    for s in (-1, 1):
        book.box(at[0] - 0.15 - (0.10 if s < 0 else 0), at[0] - 0.15 + (0.10 if s > 0 else 0), at[1] - 0.17, at[1] - 0.02, at[2] + 0.634 , at[2] + 0.638, 0.5, (at[0] - 0.15, at[1] - 0.1, at[2] + 0.636), 0.16 * s)
    book.make(scene)
    cup = Shape('cup', m['china'], smooth=True)
    c = (at[0] + 0.05, at[1] - 0.17, at[2] + 0.627)
    cup.lathe([(0.0, 0.004), (0.035, 0.004), (0.07, 0.012), (0.072, 0.015), (0.035, 0.009), (0.0, 0.009)], c, 40)
    cup.lathe([(0.0, 0.012), (0.02, 0.012), (0.022, 0.018), (0.034, 0.04), (0.04, 0.066), (0.038, 0.066), (0.03, 0.04), (0.0, 0.03)], c, 40)
    cup.ring((c[0] + 0.045, c[1], c[2] + 0.042), 0.015, 0.003, 'y', 20, 6)
    cup.make(scene)


def pictures(scene, m, r):
    y = ROOM['y1'] - 0.012
    hung = [(-0.62, 1.98, 0.78, 0.60, 'gilt', 'land'), (0.12, 2.10, 0.36, 0.46, 'ebony', 'oval'), (0.10, 1.56, 0.30, 0.24, 'gilt', 'sea'), (-1.36, 2.06, 0.34, 0.44, 'ebony', 'oval2'), (-1.34, 1.58, 0.30, 0.25, 'ebony', 'sea2'), (-0.62, 1.44, 0.34, 0.22, 'ebony', 'plan')]
    for cx, cz, w, h, frame, kind in hung:
        f = Shape('frame', m[frame], 0.0)
        b = 0.062 if frame == 'gilt' else 0.032
        tilt = 0.035
        prof = [(0.0, 0.006), (0.25, 0.020), (0.5, 0.034), (0.72, 0.038), (0.85, 0.030), (1.0, 0.032)]
        pts = lambda k, d: [(cx + sx * (w / 2 + b * k), y - d - tilt * 0.5, cz + sz * (h / 2 + b * k)) for sx, sz in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        rings = [pts(k, d) for k, d in prof] + [pts(1.0, 0.0)]
        for p, q in zip(rings, rings[1:]):
            for i in range(4):
                f.quad(p[i], p[(i + 1) % 4], q[(i + 1) % 4], q[i])
        f.make(scene)
        art = Shape('art', m['art_' + kind]).quad((cx - w / 2, y - 0.02, cz - h / 2), (cx + w / 2, y - 0.02, cz - h / 2), (cx + w / 2, y - 0.02, cz + h / 2), (cx - w / 2, y - 0.02, cz + h / 2))
        o = art.make(scene)
        coords = o.data.attributes.new('sheet', 'FLOAT_VECTOR', 'POINT')
        coords.data.foreach_set('vector', [-w / h, -1, 0, w / h, -1, 0, w / h, 1, 0, -w / h, 1, 0])
        wire = Shape('wire', m['brass'], smooth=True)
        wire.tube([(cx - w * 0.3, y - 0.02, cz + h / 2 + b), (cx, y - 0.008, 2.72)], 0.0016, 5).tube([(cx + w * 0.3, y - 0.02, cz + h / 2 + b), (cx, y - 0.008, 2.72)], 0.0016, 5)
        wire.make(scene)


def art(kind):
    """Small pictures painted by formula: a landscape, two seas, two silhouettes, a pattern draft."""
    m = Material('art_' + kind)
    x, y, _ = m.split(m.node('Attribute', {'attribute_name': 'sheet'}).outputs['Vector'])
    xy = m.join(x, y, {'land': 1.0, 'sea': 4.2, 'sea2': 8.1}.get(kind, 2.0))
    n = m.noise(xy, 1.6, 8, 0.6)
    brush = m.noise(xy, 14, 3, 0.6, 1.5)
    if kind in ('oval', 'oval2'):
        head = m.math('ADD', m.math('POWER', m.math('ABSOLUTE', m.math('DIVIDE', m.math('SUBTRACT', x, 0.02), 0.24)), 2.0), m.math('POWER', m.math('ABSOLUTE', m.math('DIVIDE', m.math('SUBTRACT', y, 0.18), 0.33)), 2.0))
        bust = m.math('ADD', m.math('POWER', m.math('ABSOLUTE', m.math('DIVIDE', x, 0.47)), 2.2), m.math('POWER', m.math('ABSOLUTE', m.math('DIVIDE', m.math('ADD', y, 0.72), 0.62)), 2.2))
        inside = m.math('MAXIMUM', m.math('LESS_THAN', head, 1.0), m.math('LESS_THAN', bust, 1.0))
        oval = m.math('LESS_THAN', m.math('ADD', m.math('POWER', m.math('DIVIDE', x, 0.62), 2.0), m.math('POWER', m.math('ABSOLUTE', m.math('DIVIDE', y, 0.84)), 2.0)), 1.0)
        colour = m.mix(oval, (0.30, 0.26, 0.19), m.mix(inside, (0.52, 0.45, 0.33), (0.02, 0.018, 0.016)))
    elif kind == 'plan':
        line = m.math('LESS_THAN', m.math('ABSOLUTE', m.math('SINE', m.math('ADD', m.math('MULTIPLY', x, 9.0), m.math('MULTIPLY', m.math('COSINE', m.math('MULTIPLY', y, 3.0)), 1.2)))), 0.07)
        colour = m.mix(line, (0.50, 0.43, 0.31), (0.07, 0.05, 0.04))
    else:
        horizon = -0.12 if kind == 'land' else 0.1
        skyc = m.mix(m.ramp(n, [(0.4, 0.0), (0.65, 1.0)]), (0.24, 0.25, 0.22), (0.55, 0.42, 0.25))
        if kind == 'land':
            hill = m.math('ADD', horizon, m.math('MULTIPLY', m.math('SUBTRACT', n, 0.5), 1.1))
            ground = m.mix(m.ramp(brush, [(0.4, 0.0), (0.6, 1.0)]), (0.035, 0.04, 0.016), (0.14, 0.105, 0.04))
            colour = m.mix(m.math('LESS_THAN', y, hill), skyc, ground)
        else:
            wave = m.noise(m.vector('MULTIPLY', xy, (2, 12, 1)), 1.4, 5, 0.6)
            colour = m.mix(m.math('LESS_THAN', y, horizon), skyc, m.mix(m.ramp(wave, [(0.45, 0.0), (0.65, 1.0)]), (0.03, 0.05, 0.055), (0.20, 0.20, 0.16)))
    return m.principled(Base_Color=colour, Roughness=0.28, Normal=m.bump(brush, 0.15, 0.004))


def clock(scene, m, at):
    """A longcase clock, stopped; its door holds a long glass."""
    x, y, z = at
    w = Shape('clock', m['mahogany'], 0.004)
    w.box(x - 0.24, x + 0.24, y - 0.25, y, 0.0, 0.10)
    w.box(x - 0.22, x + 0.22, y - 0.23, y, 0.10, 0.52)
    w.box(x - 0.15, x + 0.15, y - 0.243, y - 0.2, 0.16, 0.46)
    w.box(x - 0.24, x + 0.24, y - 0.25, y, 0.52, 0.55)
    w.box(x - 0.165, x + 0.165, y - 0.19, y, 0.55, 1.55)
    w.box(x - 0.12, x + 0.12, y - 0.205, y - 0.18, 0.62, 1.48)
    w.box(x - 0.24, x + 0.24, y - 0.25, y, 1.55, 1.60)
    w.box(x - 0.215, x + 0.215, y - 0.23, y, 1.60, 2.08)
    w.box(x - 0.26, x + 0.26, y - 0.27, y, 2.08, 2.13)
    w.box(x - 0.22, x + 0.22, y - 0.24, y, 2.13, 2.20)
    w.make(scene)
    b = Shape('clock.brass', m['brass'], smooth=True)
    for s in (-0.195, 0.195):
        b.lathe([(0.0, 0.0), (0.016, 0.0), (0.012, 0.04), (0.012, 0.40), (0.016, 0.44), (0.0, 0.44)], (x + s, y - 0.245, 1.62), 14)
    for s in (-0.2, 0.0, 0.2):
        b.lathe([(0.0, 0.0), (0.018, 0.0), (0.01, 0.02), (0.024, 0.045), (0.0, 0.075)], (x + s, y - 0.2, 2.2 if s == 0 else 2.13), 16)
    b.make(scene)
    dial = Shape('dial', m['dial'], 0.002)
    dial.poly([(x + 0.165 * math.cos(2 * math.pi * i / 64), y - 0.235, 1.84 + 0.165 * math.sin(2 * math.pi * i / 64)) for i in range(64)])
    dial.make(scene)
    black = Shape('hands', m['ebony'])
    for i, n in enumerate(('XII', 'I', 'II', 'III', 'IIII', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI')):
        a = math.pi / 2 - 2 * math.pi * i / 12
        lettering(scene, n, (x + 0.13 * math.cos(a), y - 0.238, 1.84 + 0.13 * math.sin(a)), 0.038, m['ebony'], (math.pi / 2, math.pi / 2 - a, 0), 0.0005)
    for a, l, t in ((math.radians(200), 0.085, 0.006), (math.radians(62), 0.125, 0.004)):
        c, s = math.cos(a), math.sin(a)
        black.quad(*[(x + u * c - v * s, y - 0.240, 1.84 + u * s + v * c) for u, v in ((-0.02, -t), (l, -t * 0.4), (l, t * 0.4), (-0.02, t))])
    black.ring((x, y - 0.237, 1.84), 0.165, 0.004, 'y', 64, 6)
    black.make(scene)


def bookcase(scene, m, r, x0, x1, y, depth, height):
    w = Shape('bookcase', m['mahogany'], 0.003)
    for a in (x0, x1 - 0.03):
        w.box(a, a + 0.03, y - depth, y, 0, height)
    w.box(x0, x1, y - 0.015, y, 0, height)
    shelves = [0.08, 0.46, 0.80, 1.12, 1.42, 1.70]
    for z in shelves + [height - 0.03]:
        w.box(x0, x1, y - depth, y, z, z + 0.024)
    w.box(x0 - 0.03, x1 + 0.03, y - depth - 0.03, y, height, height + 0.035)
    w.box(x0, x1, y - depth + 0.01, y - depth + 0.03, 0, 0.08)
    w.make(scene)
    spines = {k: Shape('books' + k, m[k], 0.0025, segments=1) for k in ('cloth0', 'cloth1', 'cloth2', 'hide', 'vellum')}
    gilt = Shape('bands', m['gilt'])
    for z, nxt in zip(shelves, shelves[1:] + [height - 0.03]):
        x = x0 + 0.04
        while x < x1 - 0.07:
            t = r.uniform(0.018, 0.05)
            h = (nxt - z - 0.03) * r.uniform(0.66, 0.93)
            if r.random() < 0.07:
                x += r.uniform(0.03, 0.09)
                continue
            k = r.choice(list(spines))
            back = y - depth + r.uniform(0.012, 0.05)
            lean = r.uniform(0.05, 0.16) if r.random() < 0.10 else 0.0
            spines[k].box(x, x + t, back, back + 0.15, z + 0.025, z + 0.025 + h, 0.0, (x + t, back, z + 0.025), lean)
            if not lean and k in ('hide', 'cloth2', 'cloth0'):
                for q in (0.14, 0.3, 0.72, 0.86):
                    gilt.quad((x + 0.002, back - 0.0008, z + 0.025 + h * q), (x + t - 0.002, back - 0.0008, z + 0.025 + h * q), (x + t - 0.002, back - 0.0008, z + 0.029 + h * q), (x + 0.002, back - 0.0008, z + 0.029 + h * q))
            x += t + 0.0012
    for s in spines.values():
        s.make(scene)
    gilt.make(scene)


def build():
    scene = reset()
    r = rng(1927)
    view = bpy.context.view_layer
    lightgroups(view, GROUPS)
    m = {
        'wallpaper': wallpaper(), 'rug': rug(), 'upholstery': upholstery(),
        'panel': plain('panel', (0.058, 0.072, 0.060), 0.36, 0.35, 2.5, 0.10), 'sash': plain('sash', (0.50, 0.46, 0.38), 0.4, 0.25, 4),
        'ceiling': plain('ceiling', (0.42, 0.38, 0.31), 0.9, 0.2, 1.0), 'floor': wood('floor', (0.055, 0.024, 0.010), (0.20, 0.098, 0.042), 'x', 0.8, 0.30, 0.5, vary='tone'),
        'mahogany': wood('mahogany', (0.030, 0.009, 0.005), (0.105, 0.034, 0.016), 'z', 1.0, 0.25, 0.55), 'glass': glass('glass'),
        'brass': plain('brass', (0.60, 0.40, 0.15), 0.22, 0.3, 12, metallic=1.0), 'gilt': plain('gilt', (0.56, 0.36, 0.12), 0.36, 0.45, 26, 0.5, metallic=0.85),
        'ebony': plain('ebony', (0.015, 0.012, 0.010), 0.3, 0.3, 12), 'dial': plain('dial', (0.62, 0.56, 0.43), 0.4, 0.3, 9), 'china': plain('china', (0.70, 0.67, 0.60), 0.12, 0.08, 9, 0.02),
        'cloth0': plain('cloth0', (0.11, 0.022, 0.018), 0.7, 0.4, 12), 'cloth1': plain('cloth1', (0.045, 0.065, 0.085), 0.7, 0.4, 12), 'cloth2': plain('cloth2', (0.035, 0.062, 0.035), 0.7, 0.4, 12),
        'hide': plain('hide', (0.16, 0.072, 0.028), 0.45, 0.5, 12), 'vellum': plain('vellum', (0.42, 0.34, 0.22), 0.6, 0.35, 12),
        'heavy': drapery('heavy', (0.20, 0.085, 0.030), 0.16), 'sheer': drapery('sheer', (0.75, 0.70, 0.60), 0.62, 0.30, 420), 'fringe': plain('fringe', (0.50, 0.33, 0.13), 0.7, 0.3, 40),
        'throw': drapery('throw', (0.31, 0.25, 0.155), 0.05, 0, 90),
        **{'art_' + k: art(k) for k in ('land', 'oval', 'oval2', 'sea', 'sea2', 'plan')},
    }
    shade = Material('shade')
    p = shade.position()
    n = shade.noise(shade.vector('MULTIPLY', p, (1, 1, 4)), 60, 3)
    c = shade.mix(n, (0.62, 0.40, 0.20), (0.82, 0.60, 0.34))
    m['shade'] = shade.finish(shade.node('MixShader', None, _0=0.6, _1=shade.node('BsdfDiffuse', None, Color=c).outputs[0], _2=shade.node('BsdfTranslucent', None, Color=c).outputs[0]))

    R, W = ROOM, WINDOW
    paper, panel, sash = Shape('paper', m['wallpaper']), Shape('panel', m['panel'], 0.003), Shape('sash', m['sash'], 0.004)
    wall_with_openings(paper, R['y0'], R['y1'], 0, R['z1'], 0.0, [(W['y0'], W['y1'], W['z0'], W['z1'])], 0.0, lambda q: (R['x0'] - q[1], q[0], q[2]))
    paper.quad((R['x0'], R['y1'], 0), (R['x1'], R['y1'], 0), (R['x1'], R['y1'], R['z1']), (R['x0'], R['y1'], R['z1']))
    paper.quad((R['x1'], R['y1'], 0), (R['x1'], R['y0'], 0), (R['x1'], R['y0'], R['z1']), (R['x1'], R['y1'], R['z1']))
    paper.quad((R['x1'], R['y0'], 0), (R['x0'], R['y0'], 0), (R['x0'], R['y0'], R['z1']), (R['x1'], R['y0'], R['z1']))
    paper.make(scene)
    Shape('ceiling', m['ceiling']).quad((R['x0'], R['y0'], R['z1']), (R['x1'], R['y0'], R['z1']), (R['x1'], R['y1'], R['z1']), (R['x0'], R['y1'], R['z1'])).make(scene)
    panelling(panel, R['x0'], R['x1'], 0, 1.08, lambda u, o, z: (u, R['y1'] - o, z))
    panelling(panel, R['y0'], W['y0'] - 0.13, 0, 1.08, lambda u, o, z: (R['x0'] + o, u, z))
    panelling(panel, W['y1'] + 0.13, R['y1'], 0, 1.08, lambda u, o, z: (R['x0'] + o, u, z))
    panelling(panel, W['y0'] - 0.13, W['y1'] + 0.13, 0, 0.52, lambda u, o, z: (R['x0'] + o, u, z))
    panelling(panel, R['y0'], R['y1'], 0, 1.08, lambda u, o, z: (R['x1'] - o, u, z))
    rail = [(0.0, 0.0), (0.025, 0.01), (0.03, 0.03), (0.012, 0.045), (0.0, 0.05)]
    cove = [(0.0, 0.0), (0.03, 0.0), (0.035, 0.03), (0.06, 0.04), (0.10, 0.09), (0.16, 0.13), (0.165, 0.16), (0.20, 0.17), (0.20, 0.20), (0.0, 0.20)]
    trim = Shape('trim', m['panel'])
    plaster = Shape('plaster', m['ceiling'])
    for a, b in (((R['x0'], R['y1']), (R['x1'], R['y1'])), ((R['x0'], R['y0']), (R['x0'], R['y1'])), ((R['x1'], R['y1']), (R['x1'], R['y0']))):
        trim.run(rail, (*a, 2.70), (*b, 2.70))
        plaster.run(cove, (*a, R['z1'] - 0.2), (*b, R['z1'] - 0.2))
    for s in (panel, trim, plaster):
        s.make(scene)
    panes = window(scene, sash, glaz := Shape('glazing', m['glass']))
    sash.make(scene)
    glaz.make(scene)
    floorboards(scene, r, m['floor'])
    Shape('under', m['ebony']).quad((R['x0'] - 1, R['y0'] - 1, -0.012), (R['x1'] + 1, R['y0'] - 1, -0.012), (R['x1'] + 1, R['y1'] + 1, -0.012), (R['x0'] - 1, R['y1'] + 1, -0.012)).make(scene)

    # The rug, a little rucked at one corner.
    rows, sheet = [], []
    for j in range(61):
        row = []
        for i in range(81):
            u, v = i / 40 - 1, j / 30 - 1
            row.append((0.28 + 1.42 * u + 0.06 * v, 2.05 + 0.98 * v - 0.03 * u, 0.012 + 0.02 * math.exp(-((u + 0.8) ** 2 + (v + 0.75) ** 2) * 26) + 0.002 * math.sin(u * 9 + v * 5)))
            sheet += [u, v, 0]
        rows.append(row)
    o = Shape('rug', m['rug'], smooth=True).grid(rows).make(scene, thickness=0.008)
    o.data.attributes.new('sheet', 'FLOAT_VECTOR', 'POINT').data.foreach_set('vector', sheet)
    tassel = Shape('tassels', m['vellum'])
    for j in range(120):
        v = j / 60 - 1
        for s in (-1, 1):
            x, y = 0.28 + 1.42 * s + 0.06 * v, 2.05 + 0.98 * v - 0.03 * s
            a = r.uniform(-0.5, 0.5)
            tassel.quad((x, y - 0.003, 0.008), (x, y + 0.003, 0.008), (x + s * 0.055, y + 0.02 * a + 0.003, 0.004), (x + s * 0.055, y + 0.02 * a - 0.003, 0.004))
    tassel.make(scene)

    armchair(scene, m, (0.62, 2.92, 0.012), math.radians(-24))
    table_and_lamp(scene, m, (1.52, 3.32, 0.0))
    pictures(scene, m, r)
    clock(scene, m, (-1.98, R['y1'] - 0.04, 0))
    bookcase(scene, m, r, 1.98, 3.0, R['y1'] - 0.03, 0.30, 1.98)

    # Curtains: a heavy pair, tied back, and one sheer half drawn.
    rod = Shape('rod', m['brass'], smooth=True)
    rod.tube([(R['x0'] + 0.17, W['y0'] - 0.5, 2.88), (R['x0'] + 0.17, W['y1'] + 0.5, 2.88)], 0.016, 12)
    for y in (W['y0'] - 0.5, W['y1'] + 0.5):
        rod.lathe([(0.0, -0.04), (0.036, 0.0), (0.0, 0.04)], (R['x0'] + 0.17, y, 2.88), 16)
    rod.make(scene)
    for name, rows in (('near', curtain(W['y0'] - 0.46, W['y0'] + 0.06, 0.5, 0.3)), ('far', curtain(W['y1'] - 0.06, W['y1'] + 0.46, -0.5, 1.7))):
        Shape('curtain.' + name, m['heavy'], smooth=True).grid(rows).make(scene, thickness=0.004)
    sheer = Shape('sheer', m['sheer'], smooth=True).grid(breath(0)).make(scene)

    # Outside: sky and a sunlit wall across the street, burnt out as film would have it.
    tree = scene.world.node_tree
    bg = tree.nodes['Background']
    bg.inputs['Color'].default_value, bg.inputs['Strength'].default_value = (0.72, 0.84, 1.0, 1), 2.6
    scene.world.lightgroup = 'sky'
    across = Shape('across', glow('across', (1.0, 0.80, 0.56), 3.2)).quad((-9, -6, -4), (-9, 14, -4), (-9, 14, 1.75), (-9, -6, 1.75)).make(scene, 'sky')
    portal = light(scene, 'AREA', 'sky', (R['x0'] - 0.45, (W['y0'] + W['y1']) / 2, (W['z0'] + W['z1']) / 2), (R['x1'], (W['y0'] + W['y1']) / 2, 1.4), 10.0, (1, 1, 1), shape='RECTANGLE', size=W['y1'] - W['y0'], size_y=W['z1'] - W['z0'])
    portal.data.cycles.is_portal = True
    sun(scene, 'sun', -BEAM, 26.0, (1.0, 0.71, 0.42), math.radians(0.6), 3)
    # The rest of the house lets a little light in behind the camera.
    light(scene, 'AREA', 'lamp', (2.2, -2.1, 2.2), (0.4, 3, 0.8), 6.0, (1.0, 0.80, 0.62), shape='RECTANGLE', size=1.4, size_y=1.2)
    camera(scene, EYE, AIM, LENS, (0.0, SHIFT_Y), 2.0, 4.75)
    film_look(scene)
    return scene, sheer, panes


if __name__ == '__main__':
    a = arguments(out='/tmp/interior', width=1280, height=720, samples=64, seed=1, job='still', first=0, last=FRAMES - 1)
    scene, sheer, panes = build()
    os.makedirs(a['out'], exist_ok=True)
    bpy.context.view_layer.update()
    with open(os.path.join(a['out'], 'set.json'), 'w') as out:
        json.dump({'panes': panes, 'beam': list(BEAM), 'eye': list(EYE), 'world': [list(r) for r in scene.camera.matrix_world], 'lens': LENS, 'shiftY': SHIFT_Y}, out)
    sheer.visible_camera = False
    if a['job'] == 'still':
        render(scene, a['out'], GROUPS, a['width'], a['height'], a['samples'], a['seed'], clamp=3.0)
    else:
        k = a['width'] / 1280
        border = tuple(round(b * k) for b in BORDER)
        for frame in range(a['first'], a['last'] + 1):
            sheer.data.vertices.foreach_set('co', [c for row in breath(frame) for p in row for c in p])
            sheer.data.update()
            render(scene, a['out'], GROUPS, a['width'], a['height'], a['samples'], a['seed'], border=border, prefix=f'f{frame:03d}_', only=sheer)
