import Foundation
import Scripts
import Testing

@testable import Hosts
@testable import LoginSafety

/// What is on the disk when.
@Suite struct WatchdogScriptTests {
  @Test("all is on the disk before the word is, and the word before anything changes", arguments: ShellHost.shells)
  func order(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put(".bashrc", "rc\n")
    let stage = try await WatchStage(
      pi, Watched(files: [pi.home + "/.bashrc"]),
      after: """
        sync() {
          for f do case $f in "$HOME"/*) printf '%s\\n' "${f#"$HOME/"}" | sed "s/${d##*/}/dog/" ;; esac; done | sort >>"$HOME/synced"
          if [ -e "$d/word" ]; then echo armed; else echo not armed; fi >>"$HOME/synced"
        }

        """)
    let names = [
      "", "/1", "/1/.bashrc", "/behind", "/folder.1", "/folders", "/had.1", "/modes", "/now", "/paths", "/port",
      "/restore", "/sums", "/watch",
    ]
    let wanted = [""] + names.map { "dog" + $0 } + ["not armed", "dog", "dog/pid", "dog/word", "armed", ""]
    let synced = try pi.text("synced")
    #expect(synced == wanted.joined(separator: "\n"))
    #expect(try await stage.restore().lines == [])
  }

  @Test("where sync takes no files, it is asked for everything", arguments: ShellHost.shells)
  func everything(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let output = try await pi.reader.query(
      Script(
        "sync",
        ShellScripts.composed(
          """
          . lib/to-disk.sh
          sync() { echo "$#"; [ "$#" = 0 ]; }
          to_disk a b
          """)))
    #expect(output == Output(stdout: Array("2\n0\n".utf8)))
  }
}
