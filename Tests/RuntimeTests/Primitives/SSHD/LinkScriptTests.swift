import Foundation
import Testing

@testable import Hosts
@testable import LoginSafety

/// Homes whose files are links into a folder of dotfiles.
@Suite struct LinkScriptTests {
  private static func host(_ shell: [String]) async throws -> ShellHost {
    let pi = try ShellHost(shell: shell)
    let output = try await pi.reader.query(
      Script(
        "make",
        """
        cd "$HOME" || exit 1; umask 022
        mkdir -m 700 dotfiles; mkdir dotfiles/ssh.d "a folder"
        echo key >dotfiles/keys; echo rc >"dotfiles/my rc"; echo key2 >dotfiles/ssh.d/authorized_keys2
        mkdir -m 700 .ssh; ln -s ../dotfiles/keys .ssh/authorized_keys
        ln -s "a folder/rc" .bashrc; ln -s "../dotfiles/my rc" "a folder/rc"
        ln -s dotfiles/ssh.d .more; ln -s nowhere/x .zshenv
        """))
    #expect(output == Output())
    return pi
  }

  private static func watched(_ pi: ShellHost) -> Watched {
    Watched(files: [
      pi.home + "/.ssh/authorized_keys", pi.home + "/.bashrc", pi.home + "/.more/authorized_keys2",
      pi.home + "/.zshenv",
    ]).with(paths: [pi.home, pi.home + "/.ssh", pi.home + "/.more"])
  }

  static let changes = [
    ": >.ssh/authorized_keys", "rm .ssh/authorized_keys", "rm -r .ssh", "rm -r dotfiles",
    "rm .ssh/authorized_keys; echo other >.ssh/authorized_keys", "ln -sf /etc/hosts .ssh/authorized_keys",
    "rm .ssh/authorized_keys; mkdir .ssh/authorized_keys", "chmod 777 dotfiles", "chmod 666 dotfiles/keys",
    "echo exit >>.bashrc", "rm .bashrc", "rm 'a folder/rc'", "mv .bashrc .other; echo exit >.bashrc; rm .other",
    "rm .more", "rm .more; mkdir .more; echo x >.more/authorized_keys2; rm -r .more; ln -s .ssh .more",
    "chmod 777 dotfiles/ssh.d", ": >.more/authorized_keys2", "rm dotfiles/ssh.d/authorized_keys2", "rm .zshenv",
  ]

  @Test("links and what they lead to are as before", arguments: ShellHost.shells, changes)
  func back(shell: [String], change: String) async throws {
    let pi = try await Self.host(shell)
    let before = try pi.tree()
    let stage = try await WatchStage(pi, Self.watched(pi))
    try await stage.shell(change)
    #expect(try pi.tree() != before)
    let told = try await stage.restore()
    #expect(told.status == 0 && !told.lines.isEmpty)
    #expect(try pi.tree() == before)
    #expect(try pi.traces() == [])
  }

  @Test("nothing is done to links that nobody has changed", arguments: ShellHost.shells)
  func untouched(shell: [String]) async throws {
    let pi = try await Self.host(shell)
    let before = try pi.tree()
    let stage = try await WatchStage(pi, Self.watched(pi))
    let told = try await stage.restore()
    #expect(told.status == 0 && told.lines == [])
    #expect(try pi.tree() == before)
  }
}

extension Watched {
  fileprivate func with(paths: [String]) -> Watched { Watched(paths: paths, folders: folders) }
}
