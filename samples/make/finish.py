"""Finishing: denoises a set's buffers, lays its moving parts over them in linear light, and writes the graded frames.

    blender -b --factory-startup -P finish.py -- shot=street work=DIR frames=DIR first=0 last=71

WORK holds still1, still2, ... (one folder a seed) and layer (the moving object, a prefix a frame).
The denoiser is a dual-buffer non-local means (Rousselle et al., 2012) on albedo-free light, guided by normal and albedo.
"""
import glob
import json
import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bpy
import numpy as np
from kit import arguments

FRAMES = 72


def load(path, channels=3):
    image = bpy.data.images.load(path, check_existing=False)
    image.colorspace_settings.name = 'Linear'
    w, h = image.size
    flat = np.empty(w * h * 4, np.float32)
    image.pixels.foreach_get(flat)
    bpy.data.images.remove(image)
    data = np.nan_to_num(flat.reshape(h, w, 4)[::-1, :, :channels], posinf=1e4, neginf=0)
    return np.ascontiguousarray(data)


# ---------------------------------------------------------------- denoising

def blur3(a):
    a = np.pad(a, ((1, 1), (1, 1)) + ((0, 0),) * (a.ndim - 2), 'edge')
    a = a[:-2] + a[1:-1] + a[2:]
    return (a[:, :-2] + a[:, 1:-1] + a[:, 2:]) / 9


def despeckle(a, b):
    """Fireflies: where the two halves disagree and a pixel towers over its neighbours, the neighbours win."""
    out = []
    for x, other in ((a, b), (b, a)):
        lum, oth = x.max(2), other.max(2)
        p = np.pad(lum, 1, 'edge')
        near = np.stack([p[i:i + lum.shape[0], j:j + lum.shape[1]] for i in range(3) for j in range(3) if (i, j) != (1, 1)])
        near.sort(axis=0)
        limit = near[6] * 1.25 + 1e-4
        hot = (lum > limit) & (lum > oth * 2.0)
        out.append(np.where(hot[..., None], x * (limit / np.maximum(lum, 1e-6))[..., None], x))
    return out


def denoise(a, b, albedo, normal):
    """Cross-filters two independent halves of the same light, closely and then widely, and returns their mean."""
    a, b = despeckle(a, b)
    base = np.maximum(albedo, 0.02)
    a, b = crossfilter(a / base, b / base, albedo, normal, 5, 1, 0.7)
    a, b = agree(*crossfilter(a, b, albedo, normal, 4, 4, 0.6))
    return (a + b) * 0.5 * base


def agree(a, b):
    """A spark that only one half saw is not light: neither half may be more than half as bright again as the other."""
    la, lb = a.max(2, keepdims=True) + 1e-6, b.max(2, keepdims=True) + 1e-6
    return a * np.minimum(1, 1.5 * lb / la), b * np.minimum(1, 1.5 * la / lb)


def crossfilter(a, b, albedo, normal, radius, step, strength):
    """One pass over a window of (2 radius + 1)^2 pixels, `step` apart; each half is weighed by the other."""
    scale = max(1e-5, float(np.percentile((a + b).mean(2), 85)) * 0.5)
    la, lb = (np.log1p(np.maximum(x, 0) / scale * 2.0).mean(2) for x in (a, b))
    variance = blur3(blur3((la - lb) ** 2 / 2)) + 1e-5
    h, w = la.shape
    r = radius * step
    pad = lambda x: np.pad(x, ((r, r), (r, r)) + ((0, 0),) * (x.ndim - 2), 'reflect')
    pa, pb, pla, plb, pv, pn, pal = (pad(x) for x in (a, b, la, lb, variance, normal, albedo))
    sa, sb = np.zeros_like(a), np.zeros_like(b)
    wa, wb = np.zeros((h, w), np.float32), np.zeros((h, w), np.float32)
    for dy in range(-r, r + 1, step):
        for dx in range(-r, r + 1, step):
            sl = (slice(r + dy, r + dy + h), slice(r + dx, r + dx + w))
            guide = ((normal - pn[sl]) ** 2).sum(2) * 9.0 + ((albedo - pal[sl]) ** 2).sum(2) * 220.0 / (0.02 + (albedo + pal[sl]).mean(2) * 0.5)
            v = pv[sl]
            spatial = (dx * dx + dy * dy) / (2 * (0.6 * r) ** 2)

            def weight(l, pl):
                d = ((l - pl[sl]) ** 2 - (variance + np.minimum(v, variance))) / (strength * (variance + v) + 1e-6)
                return np.exp(-np.maximum(blur3(d), 0) - guide - spatial)

            ka, kb = weight(lb, plb), weight(la, pla)
            sa += ka[..., None] * pa[sl]
            sb += kb[..., None] * pb[sl]
            wa += ka
            wb += kb
    return sa / wa[..., None], sb / wb[..., None]


def still(work, groups, final=True):
    """The set's light by group, and its features, averaged over seeds and denoised; cached beside the buffers."""
    cache = os.path.join(work, 'still.npz')
    folders = sorted(glob.glob(os.path.join(work, 'still[0-9]*')))
    newest = max(os.path.getmtime(f) for d in folders for f in glob.glob(d + '/*.exr'))
    if os.path.exists(cache) and os.path.getmtime(cache) > newest:
        return dict(np.load(cache))
    one = lambda folder, name: load(glob.glob(f'{folder}/{name}_*.exr')[0])
    mean = lambda part, name: np.mean([one(f, name) for f in part], axis=0, dtype=np.float32)
    normal, albedo = mean(folders, 'normal'), np.clip(mean(folders, 'albedo'), 0, 1)
    out = {'position': one(folders[0], 'position'), 'depth': one(folders[0], 'depth')[..., 0]}
    for g in groups:
        a, b = mean(folders[0::2], g), mean(folders[1::2] or folders[0::2], g)
        out[g] = denoise(a, b, albedo, normal)
        print('denoised', g, flush=True)
    np.savez(cache, **out)
    return out


# ---------------------------------------------------------------- optics

def blur(a, sigma):
    """Gaussian by three box passes, on a reduced copy when wide."""
    h, w = a.shape[:2]
    k = max(1, int(sigma / 4))
    if k > 1:
        H, W = -(-h // k) * k, -(-w // k) * k
        p = np.pad(a, ((0, H - h), (0, W - w)) + ((0, 0),) * (a.ndim - 2), 'edge')
        small = p.reshape(H // k, k, W // k, k, *a.shape[2:]).mean((1, 3))
        small = blur(small, sigma / k)
        yi, xi = (np.arange(h) + 0.5) / k - 0.5, (np.arange(w) + 0.5) / k - 0.5
        return resample(small, yi, xi)
    n = max(1, int(round(sigma * 0.94)))
    for _ in range(3):
        for axis in (0, 1):
            p = np.pad(a, [(n + 1, n) if i == axis else (0, 0) for i in range(a.ndim)], 'edge')
            c = np.cumsum(p, axis=axis, dtype=np.float64)
            hi = np.take(c, range(2 * n + 1, c.shape[axis]), axis=axis)
            lo = np.take(c, range(0, c.shape[axis] - 2 * n - 1), axis=axis)
            a = ((hi - lo) / (2 * n + 1)).astype(np.float32)
    return a


def resample(a, yi, xi):
    yi, xi = np.clip(yi, 0, a.shape[0] - 1), np.clip(xi, 0, a.shape[1] - 1)
    y0, x0 = np.floor(yi).astype(int), np.floor(xi).astype(int)
    y1, x1 = np.minimum(y0 + 1, a.shape[0] - 1), np.minimum(x0 + 1, a.shape[1] - 1)
    fy, fx = (yi - y0).astype(np.float32)[:, None], (xi - x0).astype(np.float32)[None, :]
    if a.ndim == 3:
        fy, fx = fy[..., None], fx[..., None]
    top = a[y0][:, x0] * (1 - fx) + a[y0][:, x1] * fx
    low = a[y1][:, x0] * (1 - fx) + a[y1][:, x1] * fx
    return top * (1 - fy) + low * fy


class Field:
    """Smooth periodic noise on a grid, in n dimensions, read by linear interpolation; seeded."""

    def __init__(self, shape, seed):
        self.grid = np.random.Generator(np.random.PCG64(seed)).random(shape, dtype=np.float32)

    def at(self, *coords):
        base = [np.floor(c).astype(np.int32) for c in coords]
        frac = [(c - b).astype(np.float32) for c, b in zip(coords, base)]
        frac = [f * f * (3 - 2 * f) for f in frac]
        total = 0
        for corner in range(1 << len(coords)):
            weight, index = 1, []
            for i, (b, f) in enumerate(zip(base, frac)):
                bit = corner >> i & 1
                weight = weight * (f if bit else 1 - f)
                index.append((b + bit) % self.grid.shape[i])
            total = total + weight * self.grid[tuple(index)]
        return total


def splat(picture, x, y, radius, colour, hexagon=0.0):
    """Adds a soft disc of light, energy preserved, at a sub-pixel place."""
    r = int(radius * 2 + 3)
    x0, y0 = int(x) - r, int(y) - r
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(picture.shape[1], int(x) + r + 1), min(picture.shape[0], int(y) + r + 1)
    if xa >= xb or ya >= yb:
        return
    gx, gy = np.arange(xa, xb, dtype=np.float32) - x, np.arange(ya, yb, dtype=np.float32)[:, None] - y
    d = np.sqrt(gx * gx + gy * gy)
    disc = np.clip(radius + 0.7 - d, 0, 1.4) / 1.4 * (0.75 + 0.25 * np.minimum(1, d / max(radius, 0.5)))
    picture[ya:yb, xa:xb] += (disc / max(1.0, 3.14 * radius * radius))[..., None] * colour


def layer(work, frame, groups, shape, border, weights):
    """The moving object of one frame: premultiplied light and coverage, set in a full frame."""
    light = sum(load(glob.glob(f'{work}/layer/f{frame:03d}_{g}_*.exr')[0]) * weights[g] for g in groups)
    alpha = load(glob.glob(f'{work}/layer/f{frame:03d}_alpha_*.exr')[0], 1)[..., 0]
    full, cover = np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32)
    k = shape[1] / 1280
    x, y = round(border[0] * k), shape[0] - round(border[3] * k)
    h, w = alpha.shape
    full[y:y + h, x:x + w], cover[y:y + h, x:x + w] = light, alpha
    return full, cover


def carry(light, cover, rest, now):
    """A hanging thing of frame 0, moved by its own mesh: each point takes its light with it from `rest` to `now` (pixels)."""
    h, w = cover.shape
    k = 4
    grid = np.zeros((-(-h // k), -(-w // k), 3), np.float32)
    x, y = (now / k).astype(int).T
    ok = (x >= 0) & (y >= 0) & (x < grid.shape[1]) & (y < grid.shape[0])
    np.add.at(grid, (y[ok], x[ok]), np.concatenate([rest - now, np.ones((len(now), 1), np.float32)], 1)[ok])
    field = blur(grid, 1) + blur(grid, 3) * 1e-2 + blur(grid, 14) * 1e-5  # beyond its edge the nearest part's motion carries on
    shift = field[..., :2] / np.maximum(field[..., 2:], 1e-12)
    shift = resample(blur(shift, 1), (np.arange(h) + 0.5) / k - 0.5, (np.arange(w) + 0.5) / k - 0.5)
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    xs, ys = np.clip(xs + shift[..., 0], 0, w - 1.001), np.clip(ys + shift[..., 1], 0, h - 1.001)
    x0, y0 = xs.astype(int), ys.astype(int)
    fx, fy = (xs - x0)[..., None], (ys - y0)[..., None]
    both = np.concatenate([light, cover[..., None]], 2)
    moved = (both[y0, x0] * (1 - fx) + both[y0, x0 + 1] * fx) * (1 - fy) + (both[y0 + 1, x0] * (1 - fx) + both[y0 + 1, x0 + 1] * fx) * fy
    # Where folds are pressed together the cloth is denser, and a little darker against the light.
    folded = np.clip(1 - 0.35 * np.gradient(shift[..., 0], axis=1), 0.85, 1.15)
    return moved[..., :3] * folded[..., None], moved[..., 3]


def pixels(points, world, lens, shift_y, shape):
    """Projects world points through a level or tilted camera to pixel places."""
    h, w = shape
    q = (points - world[:3, 3]) @ world[:3, :3]
    f = lens / 36 * w
    return np.stack([w / 2 + f * q[:, 0] / -q[:, 2], h / 2 + shift_y * w - f * q[:, 1] / -q[:, 2]], 1)


# ---------------------------------------------------------------- the shots

class Street:
    groups = ['sun', 'sky', 'lamp', 'shop']
    border = (480, 840, 140, 240)
    exposure, look, seed = 0.45, 'High Contrast', 11

    def __init__(self, work):
        import street
        self.work, self.s = work, still(work, self.groups)
        self.sun = np.array(street.SUN, np.float32)
        p, d = self.s['position'], self.s['depth']
        self.open = d > 1e5
        self.shape = d.shape
        q = p[..., :2] - self.sun[:2] / self.sun[2] * p[..., 2:3]
        self.cloud = (q[..., 0], q[..., 1])
        self.field = Field((24, 24), 5)
        depth = np.where(self.open, 0, d)
        self.air = 1 - np.exp(-np.maximum(0, depth - 14) / 95.0)
        low = np.linspace(1, 0, self.shape[0], dtype=np.float32)[::-1][:, None]
        self.air = np.where(self.open, 0.30 * np.clip((low - 0.30) * 2.2, 0, 1) ** 1.5, self.air)[..., None].astype(np.float32)
        self.leaves = self.fall(np.random.Generator(np.random.PCG64(77)))

    def fall(self, rng):
        """Leaves on the wind: each crosses the frame on its own arc, and none is born or dies in view of the middle."""
        leaves = []
        for _ in range(15):
            depth = rng.uniform(5.5, 17)
            leaves.append(dict(x=rng.uniform(-300, 1150), y=rng.uniform(120, 600), d=depth, vx=rng.uniform(26, 52), vy=rng.uniform(9, 24), spin=rng.uniform(2, 6), ph=rng.uniform(0, 6.28),
                               tone=np.array([(0.50, 0.26, 0.05), (0.40, 0.13, 0.03), (0.34, 0.22, 0.06)][rng.integers(3)], np.float32)))
        return leaves

    def frame(self, n):
        s, t = self.s, n / FRAMES
        drift = lambda k: self.field.at(self.cloud[0] / k - n * 0.030 * 12 / k, self.cloud[1] / k * 1.3)
        c = 0.65 * drift(12.0) + 0.35 * drift(5.0)
        shade = 0.50 + 0.50 * np.clip((c - 0.36) / 0.20, 0, 1) ** 1.0
        flick = 1 + 0.16 * math.sin(n * 1.9) * math.sin(n * 0.63 + 1) + 0.10 * math.sin(n * 3.7 + 2) - (0.35 if n in (31, 32, 47) else 0)
        wts = {'sun': shade[..., None], 'sky': 1.25, 'lamp': 1.3 * flick, 'shop': 1.7 * (1 + 0.015 * math.sin(n * 0.9))}
        img = sum(s[g] * wts[g] for g in self.groups)
        lw = dict(wts, sun=float(shade[int(self.shape[0] * 0.72), int(self.shape[1] * 0.52)]))
        light, cover = layer(self.work, n, self.groups, self.shape, self.border, lw)
        img = img * (1 - cover[..., None]) + light
        haze = np.array((0.62, 0.47, 0.33), np.float32) * 0.85
        img = img * (1 - self.air * 0.34) + haze * self.air * 0.34
        for leaf in self.leaves:
            self.draw(img, leaf, n)
        return img

    def draw(self, img, leaf, n):
        k = self.shape[1] / 1280
        samples = 5
        for j in range(samples):
            f = n + j / samples * 0.5
            sway = 26 * math.sin(f * 0.16 + leaf['ph']) * 8 / leaf['d']
            x = (leaf['x'] + leaf['vx'] * f * 8 / leaf['d'] * 0.35 + sway) * k
            y = (leaf['y'] + leaf['vy'] * f * 8 / leaf['d'] * 0.35 + 10 * math.cos(f * 0.21 + leaf['ph'])) * k
            a, flip = leaf['ph'] + f * leaf['spin'] * 0.045, math.cos(f * leaf['spin'] * 0.07 + leaf['ph'])
            size = 1108 * 0.055 / leaf['d'] * k
            r = int(size + 3)
            xa, ya, xb, yb = max(0, int(x) - r), max(0, int(y) - r), min(img.shape[1], int(x) + r), min(img.shape[0], int(y) + r)
            if xa >= xb or ya >= yb:
                continue
            gx, gy = np.arange(xa, xb) + 0.5 - x, (np.arange(ya, yb) + 0.5 - y)[:, None]
            u, v = (gx * math.cos(a) + gy * math.sin(a)) / size, (-gx * math.sin(a) + gy * math.cos(a)) / (size * (0.12 + 0.46 * abs(flip)))
            soft = 1.2 / size
            inside = np.clip((1 - (np.abs(u) ** 1.6 + np.abs(v) ** 1.3)) / soft, 0, 1) / samples * 0.95
            lit = leaf['tone'] * (1.5 if flip > 0 else 0.85) * (0.8 + 0.4 * abs(flip))
            img[ya:yb, xa:xb] = img[ya:yb, xa:xb] * (1 - inside[..., None]) + lit * inside[..., None]


class Interior:
    groups = ['sun', 'sky', 'lamp']
    border = (90, 400, 40, 660)
    exposure, look, seed = 1.0, 'Medium High Contrast', 12

    def __init__(self, work):
        self.work, self.s = work, still(work, self.groups)
        with open(glob.glob(work + '/still*/set.json')[0]) as f:
            self.set = json.load(f)
        self.shape = self.s['depth'].shape
        h, w = self.shape
        self.k = 4
        m = np.array(self.set['world'], np.float32)
        self.eye = m[:3, 3]
        f = self.set['lens'] / 36 * w
        cx, cy = w / 2, h / 2 + self.set['shiftY'] * w
        self.lens = (m, f, cx, cy)
        ys, xs = np.mgrid[self.k // 2:h:self.k, self.k // 2:w:self.k].astype(np.float32) + 0.5
        d = np.stack([(xs - cx) / f, -(ys - cy) / f, -np.ones_like(xs)], -1) @ m[:3, :3].T
        reach = np.linalg.norm(self.s['position'][self.k // 2::self.k, self.k // 2::self.k] - self.eye, axis=-1)
        self.step = 26
        t = (np.arange(self.step) + 0.5) / self.step
        length = np.linalg.norm(d, axis=-1, keepdims=True)
        self.unit = d / length
        self.reach = np.clip(reach, 0.2, 8.5)
        # Which points of each ray the sun reaches: back along the beam to the window's plane, and through a pane.
        self.points = self.eye + self.unit[:, :, None, :] * (self.reach[..., None] * t)[..., None]
        self.lit = self.reached(self.points)
        self.field = Field((20, 20, 20), 9)
        cosine = (self.unit @ np.array(self.set['beam'], np.float32))
        g = 0.55
        self.phase = (1 - g * g) / (1 + g * g - 2 * g * -(-cosine)) ** 1.5 / 4
        rng = np.random.Generator(np.random.PCG64(404))
        n = 900
        self.motes = dict(at=rng.uniform((-2.6, 1.0, 0.1), (1.9, 4.2, 2.7), (n, 3)), ph=rng.uniform(0, 6.28, (n, 3)), size=rng.gamma(2.0, 0.5, n), rate=rng.integers(1, 3, (n, 3)))

    def sheer(self, n, wts):
        light, cover = layer(self.work, 0, self.groups, self.shape, self.border, wts)
        import interior
        rest, now = (self.project(np.array(interior.breath(f), np.float32).reshape(-1, 3)) for f in (0, n))
        return carry(blur3(light), blur3(cover), rest, now)  # blurred: sampling noise is not threads

    def project(self, p):
        return pixels(p, self.lens[0], self.set['lens'], self.set['shiftY'], self.shape)

    def reached(self, p):
        beam = self.set['beam']
        x = self.set['panes'][0][0]
        s = (p[..., 0] - x) / beam[0]
        y, z = p[..., 1] - beam[1] * s, p[..., 2] - beam[2] * s
        soft = 0.012 + 0.006 * np.maximum(s, 0)
        edge = lambda v, a, b: np.clip((v - a) / soft + 0.5, 0, 1) * np.clip((b - v) / soft + 0.5, 0, 1)
        total = 0
        for pane in self.set['panes']:
            total = total + edge(y, pane[1], pane[2]) * edge(z, pane[3], pane[4])
        sheer = 1 - 0.72 * np.clip((y - (3.45 - 0.60)) / 0.08, 0, 1)
        return (np.minimum(total, 1) * sheer * (s > 0)).astype(np.float32)

    def frame(self, n):
        s, w = self.s, 2 * math.pi * n / FRAMES
        sun = 1 + 0.05 * math.sin(w + 0.6)
        wts = {'sun': 1.0 * sun, 'sky': 2.6, 'lamp': 1.25 * (1 + 0.012 * math.sin(n * 1.7))}
        img = sum(s[g] * wts[g] for g in self.groups)
        light, cover = self.sheer(n, wts)
        img = img * (1 - cover[..., None]) + light
        p = self.points
        smoke = self.field.at(p[..., 0] * 2.1 - n * 0.010, p[..., 1] * 2.1 + 0.006 * n, p[..., 2] * 2.4 + n * 0.008)
        smoke = 0.6 * smoke + 0.4 * self.field.at(p[..., 0] * 5.3 - n * 0.022, p[..., 1] * 5.3, p[..., 2] * 5.3 + n * 0.016)
        dens = 0.35 + 1.3 * np.clip(smoke - 0.22, 0, 1)
        shaft = (self.lit * dens).mean(-1) * self.reach * self.phase
        shaft = resample(blur(shaft, 1.2), (np.arange(self.shape[0]) + 0.5) / self.k - 0.5, (np.arange(self.shape[1]) + 0.5) / self.k - 0.5)
        img = img + shaft[..., None] * np.array((1.0, 0.74, 0.46), np.float32) * 0.62 * sun
        self.dust(img, n, w)
        return img

    def dust(self, img, n, w):
        m, f, cx, cy = self.lens
        d = self.motes
        p = d['at'] + np.array((0.05, 0.04, 0.06)) * np.sin(d['rate'] * w + d['ph']) + np.array((0.02, 0.02, 0.02)) * np.cos(d['rate'] * 2 * w + d['ph'] * 2)
        lit = self.reached(p)
        cam = (p - self.eye) @ m[:3, :3]
        for q, l, size, point in zip(cam, lit, d['size'], p):
            if l < 0.05 or q[2] > -0.5:
                continue
            x, y = f * q[0] / -q[2] + cx, -f * q[1] / -q[2] + cy
            if not (0 <= x < self.shape[1] and 0 <= y < self.shape[0]) or self.s['depth'][int(y), int(x)] < -q[2] - 0.05:
                continue
            k = self.shape[1] / 1280
            coc = abs(1 / -q[2] - 1 / 4.75) * 7.0 * k
            splat(img, x, y, 0.55 * k + coc, np.array((1.0, 0.80, 0.55), np.float32) * (0.75 * l * size * k * k))


class Costume:
    groups = ['key', 'rim', 'room'] + [f'sweep{i}' for i in range(5)]
    border = (760, 910, 280, 670)
    exposure, look, seed = 0.6, 'Medium High Contrast', 13

    def __init__(self, work):
        self.work, self.s = work, still(work, self.groups)
        self.shape = self.s['depth'].shape

    def tape(self, n):
        import costume
        points = np.array([p for path in costume.tape_path(n) for row, _ in costume.tape_rows(path) for p in row], np.float32)
        c, s = math.cos(costume.TURN), math.sin(costume.TURN)
        points = points @ np.array(((c, s, 0), (-s, c, 0), (0, 0, 1)), np.float32) + np.array(costume.AT, np.float32)
        world = np.array(((1, 0, 0, costume.EYE[0]), (0, 0, -1, costume.EYE[1]), (0, 1, 0, costume.EYE[2]), (0, 0, 0, 1)), np.float32)  # looks along +y
        return pixels(points, world, costume.LENS, costume.SHIFT_Y, self.shape)

    def frame(self, n):
        t = n / (FRAMES - 1)
        at = -0.8 + 5.6 * (t * t * (3 - 2 * t))
        wts = {'key': 1.0, 'rim': 1.0, 'room': 1.0 + 0.012 * math.sin(n * 1.3)}
        for i in range(5):
            wts[f'sweep{i}'] = 1.5 * math.exp(-((at - i) / 0.75) ** 2)
        img = sum(self.s[g] * wts[g] for g in self.groups)
        light, cover = layer(self.work, 0, self.groups, self.shape, self.border, wts)
        light, cover = carry(light, cover, self.tape(0), self.tape(n))
        k = self.shape[1] / 1280
        shadow = blur(np.roll(cover, (int(9 * k), int(13 * k)), (0, 1)), 4.5 * k) * 0.55
        img = img * (1 - shadow[..., None])
        return img * (1 - cover[..., None]) + light


def develop(img, shot, n):
    """Lens and stock: halation round the lights, a little fall-off, and fine grain in the exposure."""
    img = np.maximum(img, 0) * 2.0 ** shot.exposure
    h, w = img.shape[:2]
    bright = np.minimum(np.maximum(img - 0.9, 0), 8)
    small = bright[:h // 2 * 2, :w // 2 * 2].reshape(h // 2, 2, w // 2, 2, 3).mean((1, 3))
    halo = blur(small, 2.5 * w / 1280) * 0.05 + blur(small, 11 * w / 1280) * np.array((0.055, 0.040, 0.030), np.float32)
    img = img + resample(halo, (np.arange(h) + 0.5) / 2 - 0.5, (np.arange(w) + 0.5) / 2 - 0.5)
    y, x = np.mgrid[-1:1:h * 1j, -1:1:w * 1j].astype(np.float32)
    img *= (1 - 0.20 * np.clip((x * x * 0.75 + y * y * 0.45), 0, 1.4) ** 1.2)[..., None]
    rng = np.random.Generator(np.random.PCG64(shot.seed * 1000 + n))
    grain = blur3(rng.standard_normal((h, w, 1), dtype=np.float32)) * 2.1 + blur3(rng.standard_normal((h, w, 3), dtype=np.float32)) * 0.7
    return img * np.exp(grain * 0.026)


def write(img, path, look):
    scene = bpy.context.scene
    scene.view_settings.view_transform, scene.view_settings.look = 'Filmic', look
    scene.render.image_settings.file_format, scene.render.image_settings.color_mode = 'PNG', 'RGB'
    scene.render.image_settings.color_depth, scene.render.image_settings.compression = '8', 1
    h, w = img.shape[:2]
    image = bpy.data.images.new('frame', w, h, float_buffer=True, alpha=False)
    image.colorspace_settings.name = 'Linear'
    flat = np.ones((h, w, 4), np.float32)
    flat[..., :3] = img[::-1]
    image.pixels.foreach_set(flat.ravel())
    image.save_render(path, scene=scene)
    bpy.data.images.remove(image)


if __name__ == '__main__':
    a = arguments(shot='street', work='/tmp/street', frames='/tmp/street/frames', first=0, last=FRAMES - 1)
    os.makedirs(a['frames'], exist_ok=True)
    shot = {'street': Street, 'interior': Interior, 'costume': Costume}[a['shot']](a['work'])
    for n in range(a['first'], a['last'] + 1):
        write(develop(shot.frame(n), shot, n), os.path.join(a['frames'], f'{n:04d}.png'), shot.look)
        print('frame', n, flush=True)
