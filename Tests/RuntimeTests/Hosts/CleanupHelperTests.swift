import Foundation
import Scripts
import Subprocess
import Testing

@testable import Hosts

@Suite("what cleans up behind a run that was killed")
struct CleanupHelperTests {
  @Test("removes the directories that were not given back, and what we put there, and nothing else")
  func removesWhatIsLeft() async throws {
    let base = FileManager.default.temporaryDirectory.appending(path: "undertaker-\(UUID().uuidString)").path
    let files = FileManager.default
    defer { try? files.removeItem(atPath: base) }
    for name in ["left", "given-back", "in-use"] {
      try files.createDirectory(atPath: "\(base)/\(name)", withIntermediateDirectories: true)
      try "x".write(toFile: "\(base)/\(name)/log", atomically: false, encoding: .utf8)
    }
    try "x".write(toFile: "\(base)/in-use/other", atomically: false, encoding: .utf8)
    let lines = "+\(base)/left\n+\(base)/given-back\n+\(base)/in-use\n-\(base)/given-back\n"
    let result = try await Subprocess.run(
      .name("sh"), arguments: ["-c", ShellScripts.cleanUp],
      input: .fileDescriptor(try StandardInput.file(Array(lines.utf8)), closeAfterSpawningProcess: true),
      output: .string(limit: 1000),
      error: .string(limit: 1000))
    #expect(result.standardOutput + result.standardError == "")
    #expect(try files.contentsOfDirectory(atPath: base).sorted() == ["given-back", "in-use"])
    #expect(try files.contentsOfDirectory(atPath: "\(base)/given-back") == ["log"])
    #expect(try files.contentsOfDirectory(atPath: "\(base)/in-use") == ["other"])
  }

  @Test(
    "only a directory that is one word everywhere holds sockets",
    arguments: [
      ("/run/user/1000", "/run/user/1000"), ("/tmp/a b", "/tmp"), ("relative", "/tmp"), ("/tmp/$(x)", "/tmp"),
    ])
  func isOneWord(_ runtime: String, _ chosen: String) throws {
    let made = try? PrivateDirectory { $0 == "XDG_RUNTIME_DIR" ? runtime : nil }
    defer { made?.remove() }
    let isThere = FileManager.default.fileExists(atPath: chosen)
    #expect(made?.path.hasPrefix((isThere ? chosen : "/tmp") + "/sshr.") == true)
  }
}
