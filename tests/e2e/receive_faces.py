"""Receives what nosetip-track sends and compares it with the CSV of the same run, field by field.

receive_faces.py openseeface|opentrack PORT_FILE CSV: writes the port to PORT_FILE, receives until the
CSV is there, and compares. Prints what differs; exit code 1 then.
"""
import csv
import math
import os
import socket
import struct
import sys
import time

# OpenSeeFace's layout, as its README and OpenSee.cs have it.
FIELDS = [("time", "d", 1), ("id", "i", 1), ("size", "f", 2), ("eyes", "f", 2), ("success", "B", 1),
          ("error", "f", 1), ("quaternion", "f", 4), ("euler", "f", 3), ("translation", "f", 3),
          ("confidence", "f", 68), ("points", "f", 136), ("points_3d", "f", 210), ("features", "f", 14)]
# iBUG's number of each of its points.
IBUG = list(range(48)) + [49, 50, 51, 52, 53, 55, 56, 57, 58, 59, 48, 61, 62, 63, 54, 65, 66, 67]


def open_see_face(data):
    faces = []
    assert len(data) % 1785 == 0, len(data)
    for start in range(0, len(data), 1785):
        face, at = {}, start
        for name, kind, count in FIELDS:
            values = struct.unpack_from(f"<{count}{kind}", data, at)
            at += struct.calcsize(f"<{count}{kind}")
            face[name] = values[0] if count == 1 else values
        assert at == start + 1785
        faces.append(face)
    return faces


def turn(axis, angle):
    """Around x, y or z, right-handed."""
    c, s = math.cos(angle), math.sin(angle)
    return [[[1, 0, 0], [0, c, -s], [0, s, c]], [[c, 0, s], [0, 1, 0], [-s, 0, c]],
            [[c, -s, 0], [s, c, 0], [0, 0, 1]]][axis]


def times(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(3)) for j in range(3)] for i in range(3)]


def matrix(x, y, z, w):
    return [[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]]


def near(name, got, wanted, tolerance):
    if abs(got - wanted) <= tolerance:
        return True
    print(f"{name} is {got}, in the CSV {wanted}")
    return False


def same_open_see_face(data, row):
    (face,) = open_see_face(data)
    good = near("time", face["time"], row["timestamp"], 1e-6)
    good &= near("id", face["id"], row["face_id"], 0)
    good &= face["size"] == (640.0, 480.0) and face["success"] == 1
    for theirs, ours in enumerate(IBUG):
        for axis, value in zip("xy", face["points"][2 * theirs:2 * theirs + 2]):
            good &= near(f"{axis}_{ours}", value, row[f"{axis}_{ours}"], 1e-3)
    # The rotation in OpenSeeFace's axes, where the rows for x and y are swapped and z is reversed;
    # the quaternion is that of its inverse.
    pitch, yaw, roll = (row[f"pose_R{axis}"] for axis in "xyz")
    rotation = times(times(turn(0, pitch), turn(1, yaw)), turn(2, roll))
    hollow = [rotation[1], rotation[0], [-value for value in rotation[2]]]
    x, y, z = (math.radians(angle) for angle in face["euler"])
    by_angles = times(times(turn(2, z), turn(1, y)), turn(0, x))
    by_quaternion = matrix(*face["quaternion"])
    for i in range(3):
        for j in range(3):
            good &= near(f"angles {i},{j}", by_angles[i][j], hollow[i][j], 2e-3)
            good &= near(f"quaternion {i},{j}", by_quaternion[j][i], hollow[i][j], 2e-3)
    # The tip of the nose, in widths of a face of 140 mm.
    nose = [sum(rotation[i][j] * value for j, value in enumerate((0.0, 34.5, -43.5)))
            + row[f"pose_T{'xyz'[i]}"] for i in range(3)]
    for name, value, wanted in zip("yxz", face["translation"], (nose[1], nose[0], nose[2])):
        good &= near("translation " + name, value, -wanted / 140, 2e-3)
    return good


def same_opentrack(data, row):
    assert len(data) == 48, len(data)
    x, y, z, yaw, pitch, roll = struct.unpack("<6d", data)
    good = True
    for name, value, wanted in [("x", x, -row["pose_Tx"] / 10), ("y", y, -row["pose_Ty"] / 10),
                                ("z", z, row["pose_Tz"] / 10)]:
        good &= near(name, value, wanted, 2e-3)
    for name, value, wanted in [("yaw", yaw, row["pose_Ry"]), ("pitch", pitch, -row["pose_Rx"]),
                                ("roll", roll, -row["pose_Rz"])]:
        good &= near(name, value, math.degrees(wanted), 1e-2)
    return good


def main():
    protocol, port_file, table = sys.argv[1:]
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.bind(("127.0.0.1", 0))
    receiver.settimeout(0.5)
    with open(port_file + ".part", "w") as file:
        file.write(str(receiver.getsockname()[1]))
    os.rename(port_file + ".part", port_file)
    datagrams, until = [], time.monotonic() + 120
    while time.monotonic() < until:
        try:
            datagrams.append(receiver.recv(65536))
        except socket.timeout:
            if os.path.exists(table):
                break
    with open(table) as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    # A busy machine drops some. The moment of a datagram tells its row; opentrack's has none.
    assert 4 <= len(datagrams) <= len(rows), (len(rows), len(datagrams))
    good = True
    for data in datagrams:
        if protocol == "openseeface":
            moment = struct.unpack_from("<d", data)[0]
            good &= same_open_see_face(data, min(rows, key=lambda r: abs(r["timestamp"] - moment)))
        else:
            z = struct.unpack_from("<d", data, 16)[0]
            good &= same_opentrack(data, min(rows, key=lambda r: abs(r["pose_Tz"] / 10 - z)))
    sys.exit(0 if good else 1)


main()
