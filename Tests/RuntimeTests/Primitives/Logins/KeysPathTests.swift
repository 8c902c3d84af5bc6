import Testing

@testable import Hosts
@testable import LoginSafety
@testable import Values

@Suite struct KeysPathTests {
  private static let key = TestKeys.ed25519Fingerprint

  private func path(_ host: KeysHost = KeysHost(), isStrict: Bool = true) async throws -> KeysPath {
    try await KeysPath(KeysHost.keysPath, host.reader(), isStrict: isStrict)
  }

  private func shown(_ path: KeysPath?) -> [String]? { path?.components.map { "\($0.status.text) \($0.path)" } }

  @Test func `it is walked from the file upwards, where the file really is`() async throws {
    let path = try await path()
    #expect(path.path == KeysHost.realPath)
    #expect(path.keys == Array((TestKeys.ed25519 + "\n").utf8))
    #expect(path.groups == [1000, 100])
    #expect(
      shown(path) == [
        "-rw------- 1000 1000 /volume1/pi/.ssh/authorized_keys", "drwx------ 1000 1000 /volume1/pi/.ssh",
        "drwxr-xr-x 1000 1000 /volume1/pi", "drwxr-xr-x 0 0 /volume1", "drwxr-xr-x 0 0 /",
      ])
    #expect(path.holds("/volume1/pi"))
    #expect(!path.holds("/home/pi"))
    #expect(path.objections(to: Self.key) == [])
  }

  @Test func `a key's options are found, and a key that is not there has none`() async throws {
    let path = try await path(KeysHost(keys: "from=\"10.0.0.*\",no-pty \(TestKeys.ed25519)\n"))
    #expect(path.options(of: Self.key) == "from=\"10.0.0.*\",no-pty")
    #expect(path.options(of: TestKeys.rsaFingerprint) == nil)
    #expect(
      path.objections(to: TestKeys.rsaFingerprint)
        == ["\(KeysHost.realPath) would not hold \(TestKeys.rsaFingerprint) any more"])
  }

  @Test func `modes that sshd takes exception to are told, unless it looks at none`() async throws {
    let host = KeysHost(folder: "drwx---rwx 2 1000 1000", home: "drwxrwxrwx 9 1000 1000")
    #expect(
      try await path(host).objections(to: Self.key) == [
        "sshd would ignore the keys: bad ownership or modes for directory /volume1/pi/.ssh",
        "sshd would ignore the keys: bad ownership or modes for directory /volume1/pi",
      ])
    #expect(try await path(host, isStrict: false).objections(to: Self.key) == [])
  }

  @Test(
    "the account must be able to read what sshd reads with its rights",
    arguments: [
      ("-r-------- 1 0 0", false), ("-r--r----- 1 0 100", true), ("-r--r----- 1 0 50", false),
      ("-r-----r-- 1 0 50", true),
      ("---------- 1 1000 1000", false),
    ])
  func reading(file: String, isReadable: Bool) async throws {
    let objections = try await path(KeysHost(file: file)).objections(to: Self.key)
    let words = file.split(separator: " ")
    #expect(
      objections
        == (isReadable ? [] : ["pi could not read \(KeysHost.realPath) (\(words[0]) \(words[2]) \(words[3]))"]))
  }

  @Test func `a directory that is closed to the account keeps the key out`() async throws {
    #expect(
      try await path(KeysHost(folder: "drwx------ 2 0 0")).objections(to: Self.key)
        == ["pi could not read /volume1/pi/.ssh (drwx------ 0 0)"])
  }

  @Test func `acts are foretold`() async throws {
    let before = try await path()
    let file = KeysHost.realPath
    func after(_ kind: Act.Kind, on path: String) -> KeysPath? { before.after(Act(kind), on: path) }
    #expect(
      after(.replaceFile(path: file, contents: [1], mode: FileMode(bits: 0o600), expecting: nil), on: file)?.keys == [1]
    )
    #expect(
      after(.remove(path: file), on: file)?.objections(to: Self.key)
        == ["\(file) would not hold \(Self.key) any more"])
    #expect(after(.remove(path: "/volume1/pi/x"), on: "/volume1/pi/x")?.keys == before.keys)
    #expect(
      shown(after(.setMode(path: "/volume1/pi", mode: FileMode(bits: 0o777)), on: "/volume1/pi"))?[2]
        == "drwxrwxrwx 1000 1000 /volume1/pi")
    #expect(
      shown(after(.setOwner(path: file, user: "7", group: "8"), on: file))?[0] == "-rw------- 7 8 \(file)")
    #expect(shown(after(.makeDirectory(path: "/x", mode: FileMode(bits: 0o700)), on: "/x")) == shown(before))
  }

  @Test func `what nobody can foretell is not foretold`() async throws {
    let before = try await path()
    let file = KeysHost.realPath
    let acts: [Act.Kind] = [
      .setOwner(path: file, user: "alice", group: nil), .setOwner(path: file, user: nil, group: "staff"),
      .setAttributes(path: file, FileAttributes(acl: "user::---")),
      .command(Script("x", ":\n"), creates: [], summary: "x"),
    ]
    for kind in acts { #expect(before.after(Act(kind), on: file).map(\.path) == nil, "\(kind)") }
  }
}
