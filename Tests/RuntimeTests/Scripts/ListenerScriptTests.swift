import Foundation
import Scripts
import TestSupport
import Testing

/// A PID namespace for a program.
private enum OwnProcesses {
  static let unshare =
    ["/usr/bin/unshare", "--pid", "--fork", "--mount-proc"] + (getuid() == 0 ? [] : ["--user", "--map-root-user"])
  static let arePossible = (try? ChildProcess.run("/usr/bin/env", unshare + ["true"]).status) == 0
}

/// The options of an sshd in name only: a shell with sshd's process title, running the script. The shell has a PID
/// namespace of its own, since other tests start an sshd at the same time.
@Suite(.enabled(if: OwnProcesses.arePossible, "needs /proc, and unshare that may make PID namespaces"))
struct ListenerScriptTests {
  private func found(_ title: String, options: [String] = []) throws -> [String] {
    let library = try ScriptFolder.composed("lib/listener")
    let script = library + "\nfind_listener\nprintf '%s\\n' \"$arguments\"\nprintf 'file %s\\n' \"$file\"\n"
    let bash = "exec -a \"$0\" sh -c \"$1\" \"${@:2}\""
    // The namespace's first process is never asked: no parent of it is there.
    let below = OwnProcesses.unshare + ["sh", "-c", "\"$@\"; exit", "sh"]
    let outcome = try ChildProcess.run("/usr/bin/env", below + ["bash", "-c", bash, title, script] + options)
    return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func `the title of a listener tells the options that decide about its configuration`() throws {
    let title = "sshd: /usr/sbin/sshd -D -oCiphers=a,b -p 2222 -e4 -o AllowUsers a b -f/etc/other -E log"
    #expect(
      try found(title + " [listener] 0 of 10-100 startups")
        == ["-o", "Ciphers=a,b", "-p", "2222", "-4", "-o", "AllowUsers a b", "-f", "/etc/other", "file /etc/other"])
  }

  @Test func `the usual listener has none`() throws {
    #expect(try found("sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups") == ["file "])
  }

  @Test(arguments: ["sshd: pi [priv]", "sshd: pi@notty", "sshd-session: pi@notty", "my sshd [helper]"])
  func `a session is no listener`(title: String) throws {
    #expect(try found(title) == ["file "])
  }
}
