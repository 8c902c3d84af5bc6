import Foundation
import Testing

@testable import Hosts
@testable import Values

@Suite struct FileAttributesTests {
  @Test func `a look tells an access control list and extended attributes beside status and contents`() throws {
    let output = """
      path /srv/a=b
      -rw-r-----+ 1 0 0 3 Nov 25 06:00 /srv/a=b
      acl user::rw-,user:1001:r--,group::r--,mask::r--,other::---,,
      xattr user.a=b=0x6e6173
      xattr user.empty=0x
      data 3
      abc
      path /srv/plain
      -rw-r--r-- 1 0 0 6 Nov 25 06:00 /srv/plain
      data 6
      acl x

      path /srv
      drwxr-xr-x 1 0 0 60 Nov 25 06:00 /srv
      none

      """
    let wanted = [
      "/srv/a=b": FileState(
        status: FileStatus(kind: .file, mode: FileMode(bits: 0o640), userID: 0, groupID: 0, size: 3, hasACL: true),
        contents: Array("abc".utf8),
        attributes: FileAttributes(
          acl: "user::rw-,user:1001:r--,group::r--,mask::r--,other::---",
          extended: ["user.a=b": "0x6e6173", "user.empty": "0x"])),
      "/srv/plain": FileState(
        status: FileStatus(kind: .file, mode: FileMode(bits: 0o644), userID: 0, groupID: 0, size: 6),
        contents: Array("acl x\n".utf8)),
      "/srv": FileState(
        status: FileStatus(kind: .directory, mode: FileMode(bits: 0o755), userID: 0, groupID: 0, size: 60)),
    ]
    #expect(try FileProbe.parse(Array(output.utf8)[...]) == wanted)
  }

  @Test func `only what is gone counts as lost, and a list with another mask is not gone`() {
    let before = FileAttributes(acl: "user::rw-,mask::rw-", extended: ["user.a": "0x61", "user.b": "0x62"])
    #expect(before.lost(in: FileAttributes()) == before)
    #expect(
      before.lost(in: FileAttributes(acl: "user::rw-,mask::r--", extended: ["user.b": "0x63"]))
        == FileAttributes(extended: ["user.a": "0x61"]))
    #expect(FileAttributes().lost(in: before).isEmpty)
  }

  @Test func `attributes are written down as setfattr reads them`() {
    let attributes = FileAttributes(extended: ["user.b": "0x62", "user.a": "0x61"])
    #expect(attributes.dump(for: #"/srv/a\b"#) == "# file: /srv/a\\134b\nuser.a=0x61\nuser.b=0x62\n\n")
    #expect(FileAttributes(acl: "user::rw-").dump(for: "/srv/a") == "")
  }

  static let original = FileAttributes(
    acl: "user::rw-,user:1001:r--,group::r--,mask::r--,other::---",
    extended: ["user.origin": "0x6e6173", "user.empty": "0x"])

  @Test(
    "they are told and set under every shell", .enabled(if: FileSystem.keepsAttributes), arguments: ShellHost.shells)
  func shells(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("f", "text\n")
    let path = pi.home + "/f"
    let writer = ApplyWriter(host: pi.host, runID: UUID().uuidString)
    try await writer.perform(Act(.setAttributes(path: path, Self.original)))
    #expect(try await pi.reader.state(of: path).attributes == Self.original)
    // With an access control list a file is written in its place, without one beside it.
    try await writer.replaceFile(path, contents: Array("new".utf8), expecting: Array("text\n".utf8))
    #expect(try await pi.reader.state(of: path).attributes == Self.original)
    #expect(try pi.text("f") == "new")
    try pi.put("g", "text\n")
    let second = FileAttributes(extended: ["user.origin": "0x6e6173"])
    try await writer.perform(Act(.setAttributes(path: pi.home + "/g", second)))
    try await writer.replaceFile(pi.home + "/g", contents: Array("new".utf8), expecting: Array("text\n".utf8))
    #expect(try await pi.reader.state(of: pi.home + "/g").attributes == second)
    #expect(try FileManager.default.contentsOfDirectory(atPath: pi.home).sorted() == ["f", "g"])
  }
}
