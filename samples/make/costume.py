"""The costume: a velvet evening coat of 1926 on a dress form, in the fitting room.

    blender -b --factory-startup -P costume.py -- out=DIR width=1280 height=720 samples=64 seed=1 job=still

`job=still` renders everything but the tape measure, `job=layer` the tape alone.
"""
import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bpy
from mathutils import Vector, noise
from kit import *

SWEEP = 5
GROUPS = ['key', 'rim', 'room'] + [f'sweep{i}' for i in range(SWEEP)]
EYE, AIM, LENS = (0.0, -4.35, 1.12), (0.0, 0.0, 1.12), 51.0
SHIFT_Y = -0.104
AT = (0.50, 0.0, 0.0)
TURN = math.radians(-16)
BORDER = (760, 910, 280, 670)
FRAMES = 72

#        z     half width, half depth, forward
BODY = [(1.530, 0.062, 0.062, 0.010), (1.490, 0.066, 0.066, 0.010), (1.465, 0.090, 0.074, 0.012), (1.445, 0.135, 0.082, 0.014), (1.420, 0.178, 0.092, 0.012),
        (1.390, 0.201, 0.104, 0.010), (1.340, 0.208, 0.120, 0.000), (1.270, 0.206, 0.138, -0.010), (1.200, 0.203, 0.146, -0.016), (1.120, 0.196, 0.138, -0.010),
        (1.020, 0.194, 0.134, 0.000), (0.930, 0.202, 0.142, 0.006), (0.860, 0.207, 0.147, 0.008), (0.760, 0.222, 0.160, 0.006), (0.620, 0.240, 0.178, 0.004),
        (0.480, 0.254, 0.192, 0.002), (0.320, 0.272, 0.206, 0.000)]
BELT, HEM, NECK, BREAK = 0.875, 0.335, 1.478, 0.985


def spline(z):
    rows = BODY
    if z >= rows[0][0]:
        return rows[0][1:]
    for i, (hi, lo) in enumerate(zip(rows, rows[1:])):
        if z >= lo[0]:
            t = (hi[0] - z) / (hi[0] - lo[0])
            p0, p3 = rows[max(0, i - 1)], rows[min(len(rows) - 1, i + 2)]
            out = []
            for k in (1, 2, 3):
                m0, m1 = (lo[k] - p0[k]) / 2, (p3[k] - hi[k]) / 2
                out.append((2 * t**3 - 3 * t * t + 1) * hi[k] + (t**3 - 2 * t * t + t) * m0 + (-2 * t**3 + 3 * t * t) * lo[k] + (t**3 - t * t) * m1)
            return tuple(out)
    return rows[-1][1:]


def folds(theta, z):
    """How far the cloth stands off the body: gathers at the belt, folds that open to the hem, creases of wear."""
    below = max(0.0, (BELT - z) / (BELT - HEM))
    above = max(0.0, min(1.0, (z - BELT) / 0.20))
    n1 = noise.noise(Vector((theta * 1.3, z * 1.4, 3.1)))
    n2 = noise.noise(Vector((theta * 3.1 + 5, z * 2.2, 8.7)))
    phase = theta * 7.0 + 1.3 * n1 + 0.5 * n2
    ripple = math.cos(phase) + 0.28 * math.cos(2 * phase + 0.6) + 0.45 * math.cos(theta * 12.0 + 2.2 * n2 + 1.1)
    skirt = below ** 0.62 * (0.0300 * ripple + 0.016 * n1) + below * 0.012
    near = math.exp(-((z - BELT) / 0.055) ** 2)
    gather = near * 0.0055 * math.cos(theta * 27 + 3 * n2)
    if z > BELT:
        over = math.exp(-((z - BELT - 0.07) / 0.06) ** 2)
        gather += over * (0.014 + 0.010 * math.cos(theta * 9 + 2 * n1) + 0.004 * math.cos(theta * 21 + 3 * n2))
        # Drag lines run from the shoulder to the fastening.
        drag = math.sin((z * 16 + theta * 5.5) + 2.0 * n1) * max(0.0, n2 + 0.25)
        gather += above * 0.011 * drag * math.exp(-((z - 1.10) / 0.22) ** 2)
    fine = 0.0022 * noise.noise(Vector((theta * 9, z * 14, 1.7))) + 0.0010 * noise.noise(Vector((theta * 24, z * 30, 4.7)))
    return skirt + gather + fine - 0.010 * near


def surface(theta, z, off=0.0):
    """A point on the coat; theta 0 is the centre front, positive to the picture's right."""
    a, b, forward = spline(z)
    power = 0.90
    s, c = math.sin(theta), math.cos(theta)
    x = math.copysign(abs(s) ** power, s)
    y = math.copysign(abs(c) ** power, c)
    o = off + folds(theta, z) * min(1.0, max(0.0, (1.46 - z) / 0.10))
    return Vector(((a + o) * x, -(b + o) * y + forward, z))


def edge(z, over):
    """The angle of a front edge: below the break it hangs straight, above it the lapel turns away to the neck."""
    t = max(0.0, min(1.0, (z - BREAK) / (NECK - BREAK)))
    t = t * t * (3 - 2 * t) * 0.35 + t * 0.65
    x = (-0.098 + t * 0.155) if over else (-0.02 - t * 0.038)
    a = spline(z)[0]
    x += (0.012 * math.sin(z * 9) if over and z < BELT else 0)
    return math.asin(max(-0.98, min(0.98, x / a)) )


def coat_body(velvet, lining):
    body = Shape('coat', velvet, smooth=True)
    rows = []
    steps, cols = 190, 420
    for j in range(steps + 1):
        v = j / steps
        row = []
        for i in range(cols + 1):
            u = i / cols
            top = NECK - 0.012 * (1 - abs(2 * u - 1))
            z = top + (HEM + 0.006 * math.sin(u * 19) - top) * v
            a, b = edge(z, True), edge(z, False) + 2 * math.pi
            theta = a + (b - a) * u
            lap = 0.016 * max(0.0, 1 - (theta - a) / 0.75) if z < BREAK + 0.1 else 0.010 * max(0.0, 1 - (theta - a) / 0.4)
            # The edge is turned and pressed: it rolls a little away from the layer below.
            lap += 0.006 * math.exp(-((theta - a) / 0.035) ** 2)
            row.append(tuple(surface(theta, z, lap)))
        rows.append(row)
    body.grid(rows)
    return body


def lapel(shape, piping, over):
    """A shawl lapel: satin facing rolled back along the edge, wide on the chest, meeting behind the neck."""
    rows, rim = [], []
    n = 150
    for j in range(n + 1):
        s = j / n
        low = BREAK - 0.02 if over else BREAK + 0.09
        z = low + (NECK + 0.004 - low) * s
        width = 0.122 * math.sin(math.pi * min(1.0, s * 0.80)) ** 0.80
        peak = max(0.0, 1 - abs(s - 0.66) / 0.10)
        width += 0.018 * peak
        row = []
        for i in range(25):
            t = i / 24
            th0 = edge(z, over)
            a = spline(z)[0]
            sign = 1 if over else -1
            th = th0 + sign * t * width / (a * 0.86)
            drop = z - 0.045 * t * s + 0.03 * peak * t
            roll = 0.017 * math.sin(math.pi * min(1, t * 1.15 + 0.06)) ** 0.8 * (0.5 + 0.5 * s) + 0.007 * (1 - t)
            wave = 0.0025 * math.sin(s * 16 + t * 3 + (1 if over else 2))
            row.append(tuple(surface(th, drop, 0.012 + roll + wave + (0.012 if over else 0.001))))
        rows.append(row)
        rim.append(row[-1])
    # Round the back of the neck, as a low standing collar that falls outwards.
    th0 = edge(NECK, over)
    for j in range(1, 61):
        s = j / 60
        target = math.pi if over else -math.pi
        row = []
        for i in range(25):
            t = i / 24
            start = th0 + (1 if over else -1) * 0.0
            theta = start + (target - start) * s
            up = 0.032 * math.sin(math.pi * min(1, s * 1.4)) 
            arc = math.sin(math.pi * t)
            r = 0.074 + 0.075 * t + 0.012 * arc
            z = NECK + 0.004 + up * (1 - t * 1.7) + 0.018 * arc - 0.040 * t
            p = Vector((r * math.sin(theta), -r * 0.95 * math.cos(theta) + 0.012, z))
            k = min(1.0, s * 3.2)
            base = Vector(rows[n][i])
            row.append(tuple(base.lerp(p, k * k * (3 - 2 * k))))
        rows.append(row)
        rim.append(row[-1])
    shape.grid(rows if over else [r[::-1] for r in rows])
    piping.tube([Vector(p) for p in rim], 0.0030, 6)


def sleeve(shape, cuff, piping, buttons, side):
    """A coat sleeve with nothing in it: full at the head, collapsed at the elbow, weighed down by a deep turned cuff."""
    rows = []
    n, m = 130, 72
    for j in range(n + 1):
        v = j / n
        cx = side * (0.150 + 0.085 * math.sin(min(1, v * 1.25) * math.pi / 2) + 0.045 * v)
        cy = 0.006 - 0.035 * v * v - 0.02 * math.sin(v * math.pi)
        cz = 1.418 - 0.060 * (1 - math.cos(min(1, v * 3) * math.pi / 2)) - 0.515 * v
        width = 0.064 + 0.018 * math.sin(min(1.0, v * 2.4) * math.pi / 2) * (1 - 0.28 * v) + 0.010 * max(0, v - 0.6)
        depth = width * (0.96 - 0.36 * v)
        row = []
        for i in range(m):
            a = 2 * math.pi * i / m
            buckle = math.exp(-((v - 0.50) / 0.17) ** 2)
            stray = noise.noise(Vector((math.cos(a) * 0.8 + side * 9, math.sin(a) * 0.8, v * 5)))
            crease = 0.0085 * buckle * math.sin(v * 44 + 3.2 * math.sin(a + side) + 5.0 * stray) * max(0.0, 0.35 + 0.9 * stray + 0.5 * math.cos(a - 1.2 * side))
            long_ = 0.008 * v * math.cos(a * 4 + 1.5 * v + side) + 0.003 * math.cos(a * 7 - v * 3)
            n1 = 0.006 * noise.noise(Vector((math.cos(a) * 1.6 + side * 3, math.sin(a) * 1.6, v * 8)))
            twist = 0.004 * math.sin(v * 22 + a * 2)
            o = crease + long_ + n1 + twist
            tilt = 0.55 * max(0.0, 1 - v * 4.5)
            x = cx + (width + o) * math.cos(a)
            y = cy + (depth + o) * math.sin(a)
            z = cz - side * tilt * (width) * math.cos(a) * 0.9
            row.append((x, y, z))
        rows.append(row)
    shape.grid(rows, closed=True)
    last = rows[-1]
    c = Vector((sum(p[0] for p in last) / m, sum(p[1] for p in last) / m, sum(p[2] for p in last) / m))
    ring = []
    for h, g in ((0.0, 0.002), (0.003, 0.010), (0.02, 0.012), (0.065, 0.015), (0.098, 0.019), (0.104, 0.016), (0.098, 0.012), (0.07, 0.008)):
        ring.append([(c.x + (p[0] - c.x) * (1 + g / 0.08), c.y + (p[1] - c.y) * (1 + g / 0.06) + 0.004 * math.sin(i * 0.35), c.z + h + 0.004 * math.sin(i * 0.26 + side)) for i, p in enumerate(last)])
    cuff.grid(ring, closed=True)
    rim = [Vector(p) for p in ring[5]]
    piping.tube(rim + rim[:1], 0.003, 6)


def velvet_material():
    """Silk velvet: nearly black where the pile faces you, bright where it turns away, brushed in patches."""
    m = Material('velvet')
    p = m.node('TexCoord').outputs['Object']
    nap = m.noise(m.vector('MULTIPLY', p, (1, 1, 0.55)), 9.0, 6, 0.62, 1.2)
    crush = m.noise(p, 30, 5, 0.65, 0.8)
    pile = m.noise(p, 320, 2, 0.5)
    lean = m.bump(m.math('ADD', m.math('MULTIPLY', crush, 0.45), nap), 0.42, 0.014)
    normal = m.bump(pile, 0.08, 0.001, lean)
    base = m.mix(m.ramp(nap, [(0.35, 0.0), (0.65, 1.0)]), (0.0022, 0.0125, 0.0150), (0.0045, 0.022, 0.025))
    body = m.node('BsdfPrincipled', None, Base_Color=base, Roughness=0.6, Specular=0.10, Sheen=0.5, Sheen_Tint=0.8, Normal=normal)
    facing = m.node('LayerWeight', None, Blend=0.42, Normal=lean).outputs['Facing']
    edge_ = m.math('POWER', facing, 1.9)
    fuzz = m.node('BsdfVelvet', None, Color=m.mix(nap, (0.03, 0.22, 0.25), (0.10, 0.42, 0.44)), Sigma=0.30, Normal=normal)
    return m.finish(m.node('MixShader', None, _0=m.math('MINIMUM', m.math('MULTIPLY', m.math('ADD', 0.10, edge_), 0.95), 1.0), _1=body.outputs[0], _2=fuzz.outputs[0]))


def satin_material():
    m = Material('satin')
    p = m.node('TexCoord').outputs['Object']
    weave = m.noise(m.vector('MULTIPLY', p, (1, 1, 0.2)), 240, 2, 0.5)
    broad = m.noise(p, 7, 4, 0.6)
    base = m.mix(broad, (0.21, 0.105, 0.036), (0.31, 0.170, 0.062))
    return m.principled(Base_Color=base, Roughness=m.math('ADD', 0.26, m.math('MULTIPLY', weave, 0.06)), Specular=0.75, Metallic=0.25, Normal=m.bump(m.math('ADD', m.math('MULTIPLY', weave, 0.12), m.math('MULTIPLY', broad, 1.5)), 0.16, 0.008))


def tape_material():
    m = Material('tape')
    x, y, _ = m.split(m.node('Attribute', {'attribute_name': 'sheet'}).outputs['Vector'])
    # y runs along the tape in centimetres.
    frac = m.math('FRACT', y)
    tick = m.math('MULTIPLY', m.math('LESS_THAN', frac, 0.13), m.math('GREATER_THAN', x, 0.45))
    half = m.math('MULTIPLY', m.math('LESS_THAN', m.math('ABSOLUTE', m.math('SUBTRACT', frac, 0.5)), 0.05), m.math('GREATER_THAN', x, 0.7))
    ten = m.math('LESS_THAN', m.math('FRACT', m.math('MULTIPLY', y, 0.1)), 0.022)
    digit = m.math('MULTIPLY', m.math('MULTIPLY', m.math('GREATER_THAN', m.noise(m.join(m.math('MULTIPLY', x, 3.0), m.math('MULTIPLY', y, 2.2), 0), 2.6, 0), 0.52), m.math('LESS_THAN', m.math('ABSOLUTE', m.math('SUBTRACT', frac, 0.45)), 0.27)), m.math('LESS_THAN', m.math('ABSOLUTE', m.math('SUBTRACT', x, 0.26)), 0.14))
    ink = m.math('MINIMUM', m.math('ADD', m.math('ADD', tick, half), m.math('ADD', ten, digit)), 1.0)
    worn = m.noise(m.join(x, y, 0), 0.6, 5, 0.6)
    paint = m.mix(worn, (0.44, 0.30, 0.075), (0.56, 0.42, 0.15))
    return m.principled(Base_Color=m.mix(m.math('MULTIPLY', ink, 0.85), paint, (0.03, 0.022, 0.016)), Roughness=0.42, Specular=0.4)


def tape_path(frame):
    """The two ends of the tape that hangs round the neck; each swings as its own pendulum and the wave travels down it. Loops in 72 frames."""
    w = 2 * math.pi * frame / FRAMES
    ends = []
    for side, low, phase, amp in ((1, 0.690, 0.0, 0.034), (-1, 1.020, 1.9, 0.026)):
        pts = []
        for i in range(70):
            v = i / 69
            z = 1.492 - (1.492 - low) * v
            x = side * (0.079 + 0.040 * math.sin(min(1.0, v * 1.6) * math.pi / 2) - 0.018 * v * v + 0.006 * math.sin(v * 7 + side))
            theta = math.asin(max(-0.9, min(0.9, x / spline(min(z, 1.47))[0])))
            skin = surface(theta, min(z, 1.47))
            clear = 0.012 + 0.048 * min(1, v * 5) * (1 - 0.25 * v)
            swing = v ** 1.4 * (amp * math.sin(w + phase - v * 0.9) + 0.006 * math.sin(2 * w + phase * 2 - v * 2.4))
            bulge = 0.012 * v * (0.5 + 0.5 * math.sin(w * 1 + phase + 1.2 - v * 1.5))
            twist = side * (0.30 + 0.55 * v * math.sin(w + phase + 0.6 - v * 1.3) * 0.55 + 0.5 * v * v)
            pts.append((Vector((x + swing, min(skin.y, -0.10 if v > 0.25 else skin.y) - clear - bulge, z + 0.006 * v * abs(math.sin(w + phase)))), twist))
        ends.append(pts)
    return ends


def tape_rows(path):
    rows, along, last = [], 0.0, None
    n = len(path)
    for i, (p, twist) in enumerate(path):
        t = (path[min(n - 1, i + 1)][0] - path[max(0, i - 1)][0]).normalized()
        out = Vector((p.x * 0.6, -1.0 if p.y < 0.02 else 1.0, 0.0)).normalized()
        side = t.cross(out).normalized()
        c, s = math.cos(twist), math.sin(twist)
        across = side * c + out * s
        along += (p - last).length * 100 if last is not None else 0
        last = p
        rows.append(([tuple(p + across * (q - 0.5) * 0.0165) for q in (0, 0.5, 1)], along))
    return rows


def stand(scene, m):
    """The form's neck cap, its pole, and a turned tripod in beech."""
    w = Shape('stand', m['beech'], smooth=True)
    w.lathe([(0.0, 1.600), (0.012, 1.598), (0.020, 1.585), (0.017, 1.570), (0.010, 1.562), (0.022, 1.556), (0.056, 1.550), (0.063, 1.543), (0.063, 1.534), (0.056, 1.530), (0.0, 1.530)], (0, 0.01, 0), 48)
    w.lathe([(0.020, 0.10), (0.020, 0.50)], (0, 0.01, 0), 24)
    w.lathe([(0.0, 0.105), (0.03, 0.11), (0.046, 0.14), (0.052, 0.18), (0.040, 0.215), (0.030, 0.235), (0.043, 0.25), (0.043, 0.262), (0.026, 0.28), (0.034, 0.32), (0.026, 0.36), (0.022, 0.40), (0.022, 0.5)], (0, 0.01, 0), 40)
    for i in range(3):
        a = 2 * math.pi * i / 3 - math.pi / 2 + 0.35
        pts = [(math.cos(a) * q, 0.01 + math.sin(a) * q, z) for q, z in ((0.02, 0.17), (0.08, 0.185), (0.15, 0.15), (0.21, 0.09), (0.255, 0.045), (0.285, 0.030))]
        w.tube(pts, [0.028, 0.028, 0.024, 0.020, 0.018, 0.022], 14)
        w.lathe([(0.0, 0.0), (0.02, 0.002), (0.026, 0.015), (0.02, 0.03), (0.0, 0.034)], (math.cos(a) * 0.288, 0.01 + math.sin(a) * 0.288, 0.0), 16)
    linen = Shape('form', m['linen'], smooth=True)
    rows = []
    for j in range(80):
        z = 1.532 - (1.532 - 0.60) * j / 79
        a, b, f = spline(z)
        k = 0.008 if z < 1.48 else 0.0
        rows.append([((a - k) * math.sin(t), -(b - k) * math.cos(t) + f, z) for t in [2 * math.pi * i / 96 for i in range(96)]])
    linen.grid(rows, closed=True)
    seam = Shape('seam', m['linen2'], smooth=True)
    seam.tube([(0.0, -(spline(z)[1] - 0.006) + spline(z)[2] - 0.001, z) for z in [1.53 - 0.01 * i for i in range(52)]], 0.0022, 6)
    return [w, linen, seam]


def costume(scene, m):
    velvet, satin = m['velvet'], m['satin']
    body = coat_body(velvet, satin)
    facing = Shape('lapels', satin, smooth=True)
    piping = Shape('piping', m['cord'], smooth=True)
    lapel(facing, piping, False)
    lapel(facing, piping, True)
    arms, cuffs = Shape('sleeves', velvet, smooth=True), Shape('cuffs', satin, smooth=True)
    buttons = Shape('buttons', m['jet'], smooth=True)
    for side in (-1, 1):
        sleeve(arms, cuffs, piping, buttons, side)
    # The front edge is corded down to the hem.
    piping.tube([surface(edge(z, True), z, 0.026) for z in [BREAK - 0.0 - (BREAK - HEM) * i / 80 for i in range(81)]], 0.0030, 6)
    # Belt of the same velvet, low on the hip, with a cast buckle.
    belt = Shape('belt', velvet, smooth=True)
    rows = []
    for h, o in ((-0.026, 0.004), (-0.023, 0.012), (-0.012, 0.0145), (0.0, 0.015), (0.012, 0.0145), (0.023, 0.012), (0.026, 0.004)):
        rows.append([tuple(surface(2 * math.pi * i / 240, BELT + h + 0.006 * math.sin(2 * math.pi * i / 240), o + 0.014)) for i in range(240)])
    belt.grid(rows, closed=True)
    tail = Shape('belt.tail', velvet, smooth=True)
    at = edge(BELT, True) + 0.10
    tail_rows = []
    for j in range(41):
        v = j / 40
        row = []
        for i in range(9):
            q = (i / 8 - 0.5) * 0.048 * (1 if v < 0.93 else (1 - (v - 0.93) / 0.07 * 0.9))
            th = at + 0.02 + q / 0.2 + 0.14 * v + 0.02 * math.sin(v * 5)
            row.append(tuple(surface(th, BELT - 0.02 - 0.20 * v, 0.032 + 0.010 * math.sin(v * 4 + i * 0.3))))
        tail_rows.append(row)
    tail.grid(tail_rows)
    metal = Shape('buckle', m['buckle'], smooth=True)
    corners = []
    for i in range(65):
        a = 2 * math.pi * i / 64
        u = 0.040 * math.copysign(abs(math.cos(a)) ** 0.45, math.cos(a))
        v = 0.036 * math.copysign(abs(math.sin(a)) ** 0.45, math.sin(a))
        corners.append(surface(at + u / 0.2, BELT + v + 0.002, 0.036))
    metal.tube(corners, 0.0055, 10)
    metal.tube([surface(at, BELT - 0.034, 0.036), surface(at, BELT + 0.038, 0.036)], 0.004, 8)
    # Two great buttons above the belt and three below, jet set in brass.
    for z in (0.795, 0.690, 0.585, 0.480):
        th = edge(z, True) + 0.46
        p = surface(th, z, 0.012)
        n = Vector((p.x * 0.5, -1, 0)).normalized()
        frame = n.to_track_quat('Z', 'Y').to_matrix()
        for shape, prof in ((buttons, [(0.0, 0.013), (0.006, 0.0128), (0.012, 0.011), (0.0165, 0.006), (0.017, 0.0)]), (metal, [(0.017, 0.0), (0.018, 0.005), (0.021, 0.006), (0.0225, 0.003), (0.0215, -0.002)])):
            shape.grid([[tuple(p + frame @ Vector((rr * math.cos(2 * math.pi * i / 36), rr * math.sin(2 * math.pi * i / 36), h + 0.006))) for i in range(36)] for rr, h in prof], closed=True)
    # Basting thread and a brooch of pins: it is still being fitted.
    thread = Shape('thread', m['thread'], smooth=True)
    for k in range(26):
        z = HEM + 0.045
        th = -0.35 + k * 0.055
        thread.tube([surface(th, z, 0.0185 if th < 0.4 else 0.004), surface(th + 0.028, z, 0.0185 if th < 0.4 else 0.004)], 0.0011, 5)
    parts = [body, facing, piping, arms, cuffs, belt, tail, metal, buttons, thread] + stand(scene, m)
    objs = []
    for s in parts:
        thick = {'coat': 0.0035, 'lapels': 0.003, 'belt.tail': 0.004}.get(s.name, 0.0)
        o = s.make(scene, thickness=thick)
        weld(o, 5e-5) if not thick else None
        o.location, o.rotation_euler = AT, (0, 0, TURN)
        objs.append(o)
    return objs


def garment(shape, x, y, r, length=1.0, w=0.2):
    """A coat or gown seen edge-on on the rail behind, soft with distance."""
    rows = []
    k = r.uniform(0, 6)
    for j in range(30):
        v = j / 29
        z = 1.56 - length * v
        ww = w * (0.25 + 0.75 * min(1, v * 6)) * (1 + 0.2 * v)
        dd = 0.045 + 0.03 * v
        rows.append([(x + (dd + 0.02 * v * math.cos(a * 5 + k)) * math.cos(a), y + ww * math.sin(a) * (1 + 0.06 * v * math.cos(a * 9 + k)), z) for a in [2 * math.pi * i / 60 for i in range(60)]])
    shape.grid(rows, closed=True)


def fitting_room(scene, m, r):
    from interior import panelling
    floor = Shape('boards', m['boards'], 0.0025, segments=1)
    x, tones = -3.4, []
    while x < 3.4:
        w = r.uniform(0.12, 0.17)
        y = -5.0 + r.uniform(-1.5, 0)
        while y < 3.0:
            l = r.uniform(1.6, 2.8)
            floor.box(x + 0.001, x + w - 0.001, y + 0.001, y + l - 0.001, -0.02, r.uniform(-0.0012, 0.0012))
            tones.append((r.random(), r.random(), r.random()))
            y += l
        x += w
    o = floor.make(scene)
    o.data.color_attributes.new('tone', 'FLOAT_COLOR', 'POINT').data.foreach_set('color', [c for t in tones for _ in range(8) for c in (*t, 1.0)])
    wall, panel, trim = Shape('wall', m['wall']), Shape('panel', m['panel'], 0.003), Shape('trim', m['panel'])
    back = 2.1
    wall.quad((-3.4, back, 0), (3.4, back, 0), (3.4, back, 3.2), (-3.4, back, 3.2))
    wall.quad((-3.4, -5, 0), (-3.4, back, 0), (-3.4, back, 3.2), (-3.4, -5, 3.2))
    wall.quad((3.4, back, 0), (3.4, -5, 0), (3.4, -5, 3.2), (3.4, back, 3.2))
    wall.quad((3.4, -5.2, 0), (-3.4, -5.2, 0), (-3.4, -5.2, 3.2), (3.4, -5.2, 3.2))
    wall.quad((-3.4, -5.2, 3.2), (3.4, -5.2, 3.2), (3.4, back, 3.2), (-3.4, back, 3.2))
    blind = Shape('blinds', glow('blinds', (1.0, 0.72, 0.44), 0.34))
    for q in (-3.0, -1.5, 0.9):
        blind.quad((q, -5.15, 0.9), (q + 1.0, -5.15, 0.9), (q + 1.0, -5.15, 2.5), (q, -5.15, 2.5))
    blind.make(scene, 'room')
    panelling(panel, -3.4, 3.4, 0, 1.95, lambda u, o_, z: (u, back - o_, z), 0.72)
    # Tall mirror in a mahogany frame, tilted, on the left; it holds the key light's soft shape.
    glass_, frame = Shape('mirror', m['mirror']), Shape('mirror.frame', m['mahogany'], smooth=True)
    mx, my, tilt, turn = -1.30, 1.15, 0.07, 0.64
    place = lambda u, v, d=0.0: (mx + u * math.cos(turn) - (d + tilt * v) * math.sin(turn) * -1, my + u * math.sin(turn) + (d + tilt * v) * math.cos(turn), 0.98 + v)
    oval = [(0.33 * math.cos(a), 0.74 * math.sin(a)) for a in [2 * math.pi * i / 96 for i in range(97)]]
    glass_.poly([place(u, v) for u, v in oval[:-1]])
    frame.tube([Vector(place(u, v)) for u, v in oval], 0.028, 12)
    for s in (-1, 1):
        frame.tube([place(s * 0.42, -0.98), place(s * 0.42, 0.25)], [0.026, 0.018], 12)
        frame.lathe([(0.0, 0.0), (0.03, 0.01), (0.02, 0.04), (0.034, 0.07), (0.0, 0.11)], place(s * 0.42, 0.25), 16)
        frame.tube([place(s * 0.42, -0.94, -0.24), place(s * 0.42, -0.86), place(s * 0.42, -0.94, 0.24)], 0.024, 10)
    frame.tube([place(-0.42, -0.72), place(0.42, -0.72)], 0.016, 10)
    # Rail of waiting garments to the right, behind.
    rail = Shape('rail', m['brass'], smooth=True)
    rail.tube([(0.85, 1.55, 1.64), (2.5, 1.55, 1.64)], 0.014, 12).tube([(2.42, 1.55, 0), (2.42, 1.55, 1.64)], 0.014, 12).tube([(0.9, 1.55, 0), (0.9, 1.55, 1.64)], 0.014, 12)
    gowns = {k: Shape('gown' + k, m[k], smooth=True) for k in ('gown0', 'gown1', 'gown2', 'gown3')}
    gx = 1.02
    while gx < 2.4:
        garment(gowns[r.choice(list(gowns))], gx, 1.55, r, r.uniform(0.85, 1.25), r.uniform(0.17, 0.24))
        gx += r.uniform(0.10, 0.15)
    # A shelf of bolts and hat boxes under the picture's quiet side.
    shelf = Shape('bench', m['mahogany'], 0.004)
    shelf.box(-3.0, -1.95, 1.5, 2.05, 0.74, 0.78)
    for q in (-2.95, -2.05):
        for d in (1.54, 1.98):
            shelf.box(q, q + 0.05, d, d + 0.05, 0, 0.74)
    bolts = {k: Shape('bolt' + k, m[k], smooth=True) for k in ('gown0', 'gown1', 'gown2', 'gown3')}
    for i in range(9):
        k = list(bolts)[i % 4]
        row, col = (0, i) if i < 5 else (1, i - 5)
        bolts[k].tube([(-2.85 + col * 0.17 + row * 0.085, 1.52, 0.85 + row * 0.14), (-2.85 + col * 0.17 + row * 0.085, 2.02, 0.85 + row * 0.14)], 0.078, 24)
    boxes = Shape('hatbox', m['gown3'], smooth=True)
    boxes.lathe([(0, 0), (0.19, 0), (0.19, 0.16), (0.2, 0.16), (0.2, 0.21), (0.19, 0.215), (0, 0.215)], (-0.35, 1.72, 0.0), 48)
    boxes.lathe([(0, 0), (0.15, 0), (0.15, 0.12), (0.158, 0.12), (0.158, 0.165), (0, 0.17)], (-0.33, 1.70, 0.217), 48)
    # Practical: an opal globe on the wall, out of focus.
    globe = Shape('globe', m['globe'], smooth=True).lathe([(0.0, -0.11), (0.06, -0.095), (0.10, -0.04), (0.11, 0.0), (0.10, 0.04), (0.06, 0.095), (0.035, 0.11)], (-0.42, 1.93, 1.98), 32)
    bracket = rail.tube([(-0.42, 2.1, 1.74), (-0.42, 1.98, 1.74), (-0.42, 1.93, 1.86)], 0.012, 10)
    # A dais of one step.
    dais = Shape('dais', m['mahogany'], 0.008)
    dais.poly([(AT[0] + 0.62 * math.cos(a), AT[1] + 0.5 * math.sin(a), 0.0) for a in [2 * math.pi * i / 64 for i in range(64)]])
    for s in [wall, panel, trim, glass_, frame, rail, shelf, boxes, *gowns.values(), *bolts.values()]:
        if s.verts:
            o = s.make(scene)
            weld(o) if s.smooth else None
    o = globe.make(scene, 'room')
    o.visible_shadow = False
    light(scene, 'POINT', 'room', (-0.42, 1.90, 1.98), energy=7, colour=(1.0, 0.66, 0.36), shadow_soft_size=0.1)


def build():
    scene = reset()
    r = rng(1928)
    view = bpy.context.view_layer
    lightgroups(view, GROUPS)
    scene.world.node_tree.nodes['Background'].inputs['Color'].default_value = (0, 0, 0, 1)
    m = {
        'velvet': velvet_material(), 'satin': satin_material(), 'tape': tape_material(),
        'cord': plain('cord', (0.52, 0.36, 0.12), 0.35, 0.3, 60, metallic=0.6), 'jet': plain('jet', (0.006, 0.006, 0.007), 0.08, 0.2, 20, 0.02),
        'buckle': plain('buckle', (0.62, 0.44, 0.17), 0.22, 0.3, 40, metallic=1.0), 'brass': plain('brass', (0.55, 0.37, 0.14), 0.25, 0.3, 12, metallic=1.0),
        'beech': wood('beech', (0.20, 0.10, 0.042), (0.40, 0.235, 0.115), 'z', 1.2, 0.32, 0.5), 'linen': drape('linen', (0.46, 0.38, 0.27), 500), 'linen2': plain('linen2', (0.30, 0.22, 0.14), 0.8),
        'thread': plain('thread', (0.75, 0.70, 0.60), 0.8), 'boards': wood('boards', (0.050, 0.022, 0.010), (0.17, 0.088, 0.042), 'y', 0.7, 0.30, 0.5, vary='tone'),
        'wall': plain('wall', (0.060, 0.050, 0.046), 0.85, 0.3, 1.2), 'panel': plain('panel', (0.040, 0.034, 0.032), 0.38, 0.35, 2.5),
        'mahogany': wood('mahogany', (0.035, 0.011, 0.006), (0.13, 0.045, 0.02), 'z', 1.0, 0.22, 0.55),
        'gown0': drape('gown0', (0.055, 0.018, 0.016), 200), 'gown1': drape('gown1', (0.20, 0.145, 0.085), 200), 'gown2': drape('gown2', (0.022, 0.026, 0.042), 200), 'gown3': drape('gown3', (0.15, 0.082, 0.055), 200),
        'mirror': Material('mirror'), 'globe': glow('globe', (1.0, 0.70, 0.40), 5.0),
    }
    mm = m['mirror']
    m['mirror'] = mm.finish(mm.node('BsdfGlossy', None, Color=(0.86, 0.88, 0.86), Roughness=0.02))
    fitting_room(scene, m, r)
    costume(scene, m)
    ends = [tape_rows(path) for path in tape_path(0)]
    rows = ends[0] + ends[1]
    tape = Shape('tape', m['tape'], smooth=True).grid([q for q, _ in ends[0]]).grid([q for q, _ in ends[1]]).make(scene)
    tape.data.attributes.new('sheet', 'FLOAT_VECTOR', 'POINT').data.foreach_set('vector', [c for _, along in rows for q in (0, 0.5, 1) for c in (q, along, 0.0)])
    tape.location, tape.rotation_euler = AT, (0, 0, TURN)
    chest = (AT[0], 0.0, 1.05)
    light(scene, 'AREA', 'key', (-2.15, -1.55, 2.2), chest, 62, (1.0, 0.90, 0.78), shape='RECTANGLE', size=1.1, size_y=1.5)
    light(scene, 'AREA', 'rim', (2.15, 1.05, 2.05), (AT[0], 0, 1.1), 80, (1.0, 0.73, 0.46), shape='RECTANGLE', size=0.35, size_y=1.5)
    light(scene, 'AREA', 'rim', (-0.62, 1.25, 2.4), (AT[0], 0, 1.2), 7, (0.62, 0.78, 1.0), shape='RECTANGLE', size=0.5, size_y=0.8)
    light(scene, 'AREA', 'room', (-2.6, -0.6, 2.9), (-1.6, 2.0, 0.7), 22, (1.0, 0.80, 0.58), shape='RECTANGLE', size=1.0, size_y=1.0)
    light(scene, 'AREA', 'room', (2.6, 0.4, 2.9), (1.9, 2.0, 1.0), 12, (1.0, 0.74, 0.48), shape='RECTANGLE', size=0.6, size_y=0.6)
    for i in range(SWEEP):
        a = -1.25 + 2.1 * i / (SWEEP - 1)
        lamp = light(scene, 'AREA', f'sweep{i}', (AT[0] + 2.5 * math.sin(a), -2.5 * math.cos(a), 1.75), chest, 16, (1.0, 0.84, 0.62), shape='RECTANGLE', size=0.22, size_y=1.6)
        lamp.visible_glossy = i in (1, 2, 3)
    camera(scene, EYE, AIM, LENS, (0.0, SHIFT_Y), 0.55, 4.24)
    film_look(scene)
    return scene, tape


def drape(name, colour, weave):
    m = Material(name)
    p = m.position()
    n = m.noise(p, weave, 3, 0.6)
    c = m.mix(n, tuple(v * 0.7 for v in colour), colour)
    return m.principled(Base_Color=c, Roughness=0.9, Sheen=0.6, Specular=0.1, Normal=m.bump(n, 0.25, 0.002))


def move(tape, frame):
    tape.data.vertices.foreach_set('co', [c for path in tape_path(frame) for row, _ in tape_rows(path) for p in row for c in p])
    tape.data.update()


if __name__ == '__main__':
    a = arguments(out='/tmp/costume', width=1280, height=720, samples=64, seed=1, job='still', first=0, last=FRAMES - 1)
    scene, tape = build()
    tape.visible_camera = tape.visible_shadow = tape.visible_diffuse = tape.visible_glossy = False
    if a['job'] == 'still':
        render(scene, a['out'], GROUPS, a['width'], a['height'], a['samples'], a['seed'])
    else:
        k = a['width'] / 1280
        border = tuple(round(b * k) for b in BORDER)
        for frame in range(a['first'], a['last'] + 1):
            move(tape, frame)
            render(scene, a['out'], GROUPS, a['width'], a['height'], a['samples'], a['seed'], border=border, prefix=f'f{frame:03d}_', only=tape)
