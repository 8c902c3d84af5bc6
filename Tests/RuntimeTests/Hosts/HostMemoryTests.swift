import Testing

@testable import Hosts
@testable import Values

@Suite struct HostMemoryTests {
  private static let absent = FileState(status: nil)

  private static func host() -> Host {
    Host(id: 1, role: "pi", target: Target(user: "pi", host: "pi.lan"), transport: KeysHost())
  }

  private static func known(_ paths: [String: FileState]) -> KnownFiles {
    var files = KnownFiles()
    for (path, state) in paths { files[path] = state }
    return files
  }

  private static func file(_ kind: FileStatus.Kind = .file) -> FileState {
    FileState(
      status: FileStatus(kind: kind, mode: FileMode(bits: 0o644), userID: 1000, groupID: 1000),
      contents: kind == .file ? [1] : nil)
  }

  @Test func `what a login has seen of files is news until something changes, also where that comes first`() {
    let host = Self.host()
    host.remember(Facts(), files: Self.known(["/f": Self.absent]))
    #expect(host.files["/f"] == Self.absent)
    host.touch()
    #expect(host.files == KnownFiles())
    let changed = Self.host()
    // The first act logs in by itself.
    changed.touch()
    changed.remember(Facts(), files: Self.known(["/f": Self.absent]))
    #expect(changed.files["/f"] == nil)
  }

  @Test func `an act forgets its path, what is below, links, and the same name behind a link of a directory`() {
    let files = [
      "/home/pi/keys": Self.file(), "/home/pi/keys/below": Self.file(), "/volume1/pi/keys": Self.file(),
      "/home/pi/link": Self.file(.link), "/home/pi": Self.file(.directory), "/home/pi/other": Self.file(),
    ]
    var known = Self.known(files)
    known.forget(Act(.setMode(path: "/home/pi/keys", mode: FileMode(bits: 0o600))), Facts())
    #expect(known == Self.known(files.filter { ["/home/pi", "/home/pi/other"].contains($0.key) }))
    known.forget(Act(.command(Script("run", ":"), creates: [], summary: "run")), Facts())
    #expect(known == KnownFiles())
  }

  @Test func `a new directory is empty`() {
    var known = Self.known(["/home/pi/.ssh": Self.absent, "/home/pi/.ssh/authorized_keys": Self.absent])
    #expect(known.lacksDirectory(of: "/home/pi/.ssh/authorized_keys2"))
    let act = Act(.makeDirectory(path: "/home/pi/.ssh", mode: FileMode(bits: 0o700)))
    known.forget(act, Facts())
    known.learn(act, listing: "drwx------ 2 1000 1000 40 Nov 25 06:00 /home/pi/.ssh", before: Self.absent)
    var made = Self.file(.directory)
    made.status?.mode = FileMode(bits: 0o700)
    made.status?.size = 40
    #expect(known == Self.known(["/home/pi/.ssh": made, "/home/pi/.ssh/authorized_keys": Self.absent]))
    #expect(!known.lacksDirectory(of: "/home/pi/.ssh/authorized_keys2"))
  }

  @Test func `an act's own answer is known, unless an access control list stays unseen`() {
    let act = Act(.replaceFile(path: "/f", contents: [2], mode: FileMode(bits: 0o644), expecting: [1]))
    var known = KnownFiles()
    known.learn(act, listing: "-rw-r--r--+ 1 1000 1000 0 Nov 25 06:00 /f", before: Self.file())
    known.learn(act, listing: "-rw-r--r-- 1 1000 1000 0 Nov 25 06:00 /f", before: nil)
    #expect(known == KnownFiles())
    known.learn(act, listing: "-rw-r--r-- 1 1000 1000 0 Nov 25 06:00 /f", before: Self.file())
    var after = Self.file()
    after.contents = [2]
    #expect(known == Self.known(["/f": after]))
  }

  @Test func `sshd's configuration stays known while acts are in a home, where none of its files is`() {
    var facts = Facts()
    (facts.home, facts.physicalHome) = ("/home/pi", "/volume1/pi")
    func after(_ path: String, _ configuration: String) -> Bool {
      var known = KnownFiles()
      known[configuration: "/etc/ssh/sshd_config"] = Array(configuration.utf8)
      known.forget(Act(.remove(path: path)), facts)
      return known[configuration: "/etc/ssh/sshd_config"] != nil
    }
    let plain =
      "config /etc/ssh/sshd_config\nis /etc/ssh/a\npath /etc/ssh/sshd_config\n-rw-r--r-- 1 0 0 1 Nov 25 06:00 x\n"
    #expect(after("/home/pi/.ssh/x", plain))
    #expect(!after("/etc/ssh/a", plain))
    #expect(!after("/home/pi/.ssh/x", plain + "is /volume1/pi/more\n"))
    #expect(!after("/home/pi/.ssh/x", plain + "lrwxrwxrwx 1 0 0 1 Nov 25 06:00 /etc/ssh/b -> /home/pi/b\n"))
  }
}
