import Testing

@testable import Formats

@Suite("a line of ls -ldn")
struct ListingLineTests {
  /// A line, and its meaning in the order type, bits, extra, links, uid, gid, size, name, target.
  static let lines: [(line: String, expected: String)] = [
    ("drwxr-xr-x 2 1000 1000 4096 Nov 21 05:06 /home/pi", "d 755 - 2 1000 1000 4096 '/home/pi' -"),
    ("-rw-------. 1 0 0 80 Nov 21  2025 .ssh/authorized_keys", "- 600 . 1 0 0 80 '.ssh/authorized_keys' -"),
    ("drwxrwxrwx+ 1 1026 100 20 2026-11-21 05:06 /volume1/homes/al", "d 777 + 1 1026 100 20 '/volume1/homes/al' -"),
    ("drwxrwxrwt   10 0        0              200 Nov 21 05:06 /tmp", "d 1777 - 10 0 0 200 '/tmp' -"),
    ("-rwsr-Sr-T 1 0 0 9 Jan  1  1970 a  b ", "- 7744 - 1 0 0 9 'a  b ' -"),
    ("-rwSr-sr-t 1 0 0 9 Jan  1  1970  x", "- 7655 - 1 0 0 9 ' x' -"),
    ("lrwxrwxrwx 1 0 0 7 Nov 21 05:06 /bin -> usr/bin", "l 777 - 1 0 0 7 '/bin' usr/bin"),
    ("crw-rw-rw- 1 0 0 1, 3 Nov 21 05:06 /dev/null", "c 666 - 1 0 0 1:3 '/dev/null' -"),
    ("brw-rw----    1 0 6    8,   0 Nov 21 05:06 /dev/sda", "b 660 - 1 0 6 8:0 '/dev/sda' -"),
    ("crw-rw-rw-  1 0  0  0x1a 21 Nov 05:06 /dev/null", "c 666 - 1 0 0 0:26 '/dev/null' -"),
    ("drwxr-xr-x@ 5 501 20 160 21 Nov 05:06 /Users/al", "d 755 @ 5 501 20 160 '/Users/al' -"),
    ("srwxr-xr-x 1 0 0 0 Nov 21 05:06 a -> b", "s 755 - 1 0 0 0 'a -> b' -"),
    ("prw-r--r-- 1 4294967294 0 0 Nov 21 05:06 f", "p 644 - 1 4294967294 0 0 'f' -"),
  ]

  @Test("is understood in the forms of GNU, BusyBox, BSD and macOS", arguments: lines.indices)
  func forms(index: Int) throws {
    let line = try #require(ListingLine(Self.lines[index].line))
    let size = line.size.map(String.init) ?? line.device.map { "\($0.major):\($0.minor)" } ?? "-"
    let said =
      "\(line.type.rawValue) \(String(line.bits, radix: 8)) \(line.extra.map { String($0.rawValue) } ?? "-") "
      + "\(line.linkCount) \(line.uid) \(line.gid) \(size) '\(line.name)' \(line.target ?? "-")"
    #expect(said == Self.lines[index].expected)
  }

  @Test("a link's name with an arrow is cut at the right arrow, if the path is known")
  func arrows() throws {
    let line = "lrwxrwxrwx 1 0 0 7 Nov 21 05:06 a -> b -> c"
    let known = try #require(ListingLine(line, path: "a -> b"))
    #expect([known.name, known.target] == ["a -> b", "c"])
    let unknown = try #require(ListingLine(line))
    #expect([unknown.name, unknown.target] == ["a", "b -> c"])
  }

  @Test(
    "any other text is refused",
    arguments: [
      "", "ls: /nowhere: No such file or directory", "total 8", "drwxr-xr-x 2 root root 4096 Nov 21 05:06 x",
      "drwxr-xr-z 2 0 0 4096 Nov 21 05:06 x", "drwxr-xr-x 2 0 0 4096 Nov 21 05:06",
      "drwxr-xr-x 2 0 0 big Nov 21 05:06 x",
      "drwxr-xr-x 2 0 0 4096 Nov 21", "rwxr-xr-x 2 0 0 4096 Nov 21 05:06 x",
    ])
  func others(line: String) { #expect(ListingLine(line) == nil) }
}
