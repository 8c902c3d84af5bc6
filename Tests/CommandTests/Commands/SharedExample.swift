import Foundation

/// The example repository of the fixtures, made a git repository in a test's home.
struct SharedExample {
  let program: Program

  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/repositories/example").path
  private static let identity = [
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org", "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
    "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
  ]

  /// Gives a test the program, and the repository in `~/src`.
  static func with<T>(_ body: (Program, SharedExample) throws -> T) throws -> T {
    try Program.with { program in
      let example = SharedExample(program: program)
      try program.shell("cp -R '\(fixture)' src && git -c init.defaultBranch=main init -q src")
      try example.commit()
      return try body(program, example)
    }
  }

  /// Commits what a script made of the repository's files.
  ///
  /// - Returns: the commit.
  @discardableResult
  func commit(_ script: String = ":", tag: String? = nil) throws -> String {
    let tagging = tag.map { "; git tag -f \($0) >/dev/null" } ?? ""
    return try program.shell(
      "cd src; \(script); git add -A; git commit -q --allow-empty -m x\(tagging); git rev-parse HEAD",
      environment: Self.identity
    ).filter { !$0.isNewline }
  }

  /// What is there of repositories, a line a file.
  func state() throws -> String {
    try program.shell(
      "find .config .local/share -type f 2>/dev/null | LC_ALL=C sort | xargs -r sha256sum; cat .config/ssh-recipes/*.lock"
    )
  }

  var content: String {
    get throws {
      try program.shell("sed -n 's/^  content *//p' .config/ssh-recipes/repositories.lock").filter { !$0.isNewline }
    }
  }

  func files(_ content: String) -> String {
    "\(program.home.path)/.local/share/ssh-recipes/repositories/example/\(content.dropFirst(7))"
  }
}
