import Foundation
import Testing

/// `packaging/install.sh`, with releases in a folder; `packaging/check` tries it on the files of `make dist`.
@Suite("install.sh")
struct InstallScriptTests {
  private static let packaging = URL(fileURLWithPath: #filePath)
    .appending(path: "../../../../packaging").standardizedFileURL.path

  /// Writes a release of version 1.0.0 to `release`, its unpacked archive to `tree`, and `install.sh` with its key.
  private static let release = """
    archive=ssh-recipes-1.0.0-linux-$(uname -m)
    printf '#!/bin/sh\\necho ssh-recipes 1.0.0\\n' >program
    chmod 755 program
    '\(packaging)/stage' program "$PWD/tree/$archive"
    mkdir -p tree/$archive/share/doc/ssh-recipes release/latest/download
    cp '\(packaging)/../LICENSE' tree/$archive/share/doc/ssh-recipes/
    tar -C tree -czf release/latest/download/$archive.tar.gz $archive
    ssh-keygen -q -t ed25519 -N '' -f key
    (cd release/latest/download && sha256sum -- * >SHA256SUMS)
    ssh-keygen -q -Y sign -f key -n file release/latest/download/SHA256SUMS
    signers="release@ssh-recipes namespaces=\\"file\\" $(cut -d' ' -f1,2 key.pub)"
    sed "s|^signers=.*|signers='$signers'|" '\(packaging)/install.sh' >install.sh
    """

  /// - Returns: both outputs and, in the last line, the exit status.
  private func output(_ command: String, _ program: Program) throws -> String {
    try program.shell(
      "status=0; { \(command); } 2>&1 || status=$?; echo \"status $status\"",
      environment: ["URL": "file://\(program.home.path)/release"])
  }

  @Test(arguments: ["dash", "bash", "busybox sh"])
  func `a signed release is installed, and the command that it names removes it`(_ shell: String) throws {
    try Program.with { program in
      try program.shell(Self.release)
      // Of an older version.
      try program.shell("mkdir -p .local/share/ssh-recipes/recipes && echo >.local/share/ssh-recipes/recipes/gone.lua")
      let output = try output("\(shell) <install.sh", program)
      let prefix = program.home.path + "/.local"
      let machine = try program.shell("uname -m").dropLast()
      #expect(
        output == """
          ssh-recipes-1.0.0-linux-\(machine).tar.gz: signature and checksum are right.
          Installed ssh-recipes 1.0.0
          The program is \(prefix)/bin/ssh-recipes; recipes, manual page and completions are below \(prefix)/share.
          To remove all of it:
            cd '\(prefix)' && rm -r bin/ssh-recipes share/ssh-recipes share/doc/ssh-recipes share/man/man1/ssh-recipes.1 \\
              share/bash-completion/completions/ssh-recipes share/zsh/site-functions/_ssh-recipes \\
              share/fish/vendor_completions.d/ssh-recipes.fish
          Add \(prefix)/bin to your PATH.
          status 0

          """)
      #expect(try program.shell("diff -r .local tree/*") == "")
      try program.shell("\(shell) <<'END'\n\(output.split(separator: "\n")[4...6].joined(separator: "\n"))\nEND")
      #expect(try program.shell("find .local -type f") == "")
    }
  }

  @Test(
    arguments: ["dash", "bash", "busybox sh"],
    [
      (
        "for file in release/latest/download/*.tar.gz; do echo >>$file; done", ".tar.gz is wrong; nothing was installed"
      ),
      ("echo >>release/latest/download/SHA256SUMS", "the signature of SHA256SUMS is wrong; nothing was installed"),
      (
        """
        rm key release/latest/download/SHA256SUMS.sig && ssh-keygen -q -t ed25519 -N '' -f key
        ssh-keygen -q -Y sign -f key -n file release/latest/download/SHA256SUMS
        """, "the signature of SHA256SUMS is wrong; nothing was installed"
      ),
      ("rm release/latest/download/SHA256SUMS.sig", "SHA256SUMS.sig cannot be downloaded; nothing was installed"),
      ("sed -i \"s/^signers=.*/signers=''/\" install.sh", "this copy of install.sh has no key that signs releases"),
    ])
  func `a release that was changed is refused, and nothing is installed`(
    _ shell: String, _ change: (script: String, reason: String)
  ) throws {
    try Program.with { program in
      try program.shell(Self.release)
      try program.shell(change.script)
      let output = try output("\(shell) <install.sh", program)
      #expect(output.hasSuffix("\(change.reason)\nstatus 1\n"), "\(output)")
      #expect(try program.shell("ls -A .local 2>&1 || :").contains("No such file"))
    }
  }

  @Test func `an unpacked archive installs itself, below any PREFIX`() throws {
    try Program.with { program in
      try program.shell(Self.release)
      try program.shell("cp install.sh tree/*/")
      let output = try output("PREFIX=\"$PWD/it's here\" sh tree/*/install.sh", program)
      #expect(output.contains("cd '\(program.home.path)/it'\\''s here' && rm -r "), "\(output)")
      #expect(output.hasSuffix("status 0\n"))
      #expect(try program.shell("\"it's here/bin/ssh-recipes\"") == "ssh-recipes 1.0.0\n")
    }
  }

  @Test func `a script from a pipe installs the release, not a program of the folder that it is run in`() throws {
    try Program.with { program in
      try program.shell(Self.release)
      try program.shell("mkdir bin && printf '#!/bin/sh\\necho planted\\n' >bin/ssh-recipes && chmod 755 bin/*")
      #expect(try output("sh <install.sh", program).contains("\nInstalled ssh-recipes 1.0.0\n"))
    }
  }
}
