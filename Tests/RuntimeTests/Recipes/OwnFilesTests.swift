import Foundation
import Testing

@testable import Recipes

@Suite struct OwnFilesTests {
  private static func with(_ body: (String) throws -> Void) throws {
    let folder = "/tmp/own-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/d", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "".write(toFile: folder + "/d/f", atomically: false, encoding: .utf8)
    try body(folder)
  }

  @Test func `a file of the user's own in the user's own folders is beyond doubt`() throws {
    try Self.with { folder in
      #expect(OwnFiles.doubt(about: folder + "/d/f") == nil)
      #expect(OwnFiles.doubt(about: folder + "/none") == nil)
      #expect(OwnFiles.doubt(about: "/etc/passwd") == nil)
    }
  }

  @Test func `a file that all may write, or in a folder that all may write, is not`() throws {
    try Self.with { folder in
      chmod(folder + "/d/f", 0o666)
      #expect(OwnFiles.doubt(about: folder + "/d/f") == "every account may write \(folder)/d/f")
      chmod(folder + "/d/f", 0o600)
      chmod(folder + "/d", 0o777)
      #expect(OwnFiles.doubt(about: folder + "/d/f") == "every account may write \(folder)/d")
      chmod(folder + "/d", 0o1777)
      #expect(OwnFiles.doubt(about: folder + "/d/f") == nil)
    }
  }

  @Test(.enabled(if: getuid() == 0)) func `a file, a folder or a link of another account is not`() throws {
    try Self.with { folder in
      chown(folder + "/d/f", 1234, 1234)
      #expect(OwnFiles.doubt(about: folder + "/d/f") == "\(folder)/d/f belongs to another account (1234)")
      chown(folder + "/d/f", 0, 0)
      chown(folder + "/d", 1234, 1234)
      #expect(OwnFiles.doubt(about: folder + "/d/f") == "\(folder)/d belongs to another account (1234)")
      chown(folder + "/d", 0, 0)
      symlink(folder + "/d", folder + "/l")
      #expect(OwnFiles.doubt(about: folder + "/l/f") == nil)
      lchown(folder + "/l", 1234, 1234)
      #expect(OwnFiles.doubt(about: folder + "/l/f") == "\(folder)/l belongs to another account (1234)")
    }
  }
}
