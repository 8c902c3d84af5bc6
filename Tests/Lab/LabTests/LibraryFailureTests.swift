import Testing

/// Each primitive of the library in Lua where it cannot work: one clear message, and a host as before.
@Suite("the library in Lua where it cannot work", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct LibraryFailureTests {
  private static func recipe(_ calls: [String]) -> String {
    """
    recipe {
      summary = "The library",
      hosts = { { "host", "The host" } },
      needs = { "files", "run", "root", "ssh" },
      run = function(hosts)
        local host = hosts.host
        local function try(call)
          local done, problem = pcall(call)
          note(done and "done" or problem.kind .. ": " .. problem.message)
        end
        \(calls.map { "try(function() host:\($0) end)" }.joined(separator: "\n    "))
      end,
    }
    """
  }

  @Test(arguments: LibraryFailureCase.all)
  func `each call ends with one clear message, and the host is as before`(test: LibraryFailureCase) async throws {
    let host = try await Lab.host(test.kind)
    try await Operator.with { person in
      try await host.root("install -o pi -g pi -m 644 /dev/null /home/pi/.sudo_as_admin_successful; \(test.prepare)")
      try person.write("mine.lua", Self.recipe(test.calls.map(\.call)))
      let before = try await host.snapshot()
      let run = try await person.unattended("./mine.lua", host)
      let notes = run.stdout.split(separator: "\n").filter { $0.hasPrefix("  note ") }
        .map { $0.dropFirst(6).trimmingPrefix(while: { $0 == " " }) }
      #expect(
        notes.map(String.init) == test.calls.map { $0.answer.replacing("HOST", with: host.target) }, "\(run)")
      try await host.root(test.after)
      let changed = try await host.changed(since: before).filter { !test.isOfOthers($0) }
      #expect(changed == test.changed, "\(run)")
    }
  }
}

extension LibraryFailureCase {
  /// Whether the host's own programs change the file meanwhile.
  fileprivate func isOfOthers(_ path: String) -> Bool {
    ["/etc/passwd-", "/var/lib/apt/extended_states"].contains(path) || path.hasPrefix("/var/lib/dpkg")
      || path.contains("/slow.") || path.contains("/python3/dist-packages") || path.hasPrefix("/var/lib/rpm/")
      || path.hasPrefix("/var/lib/dnf")
  }
}
