/// A POSIX `sh` script for a host, together with its positional parameters and what it reads.
///
/// The text is a constant that can be read (and shellchecked) as it stands; values come in as `$1`, `$2` … and are
/// quoted by the transport, so that no value is ever spliced into shell code.
package struct Script: Sendable, Hashable {
  /// What `--debug` calls it: `copy_id: append the key`.
  package var name: String
  package var text: String
  package var arguments: [String]
  /// Standard input. Without it the script reads from `/dev/null`, so that none eats the next one.
  package var input: [UInt8]?
  /// When it is ended, counted from its start. `nil`: the transport's default of 60 seconds.
  package var timeout: Duration?
  /// How many bytes of standard output and standard error are kept; the rest is counted and dropped.
  package var outputLimit: Int
  /// What the long-lived shell itself does when it ends, by the end of its input or by a signal: whole lines.
  var atExit: String?

  package init(
    _ name: String, _ text: String, _ arguments: [String] = [], input: [UInt8]? = nil,
    timeout: Duration? = nil, outputLimit: Int = 4 << 20
  ) {
    self.name = name
    self.text = text
    self.arguments = arguments
    self.input = input
    self.timeout = timeout
    self.outputLimit = outputLimit
  }
}

/// What a script left behind.
package struct Output: Sendable, Hashable {
  /// The exit status; 128 + n when signal n ended the script.
  package var status: Int32
  package var stdout: [UInt8]
  package var stderr: [UInt8]
  /// Bytes beyond ``Script/outputLimit`` that were read and dropped.
  package var dropped: Int

  package init(status: Int32 = 0, stdout: [UInt8] = [], stderr: [UInt8] = [], dropped: Int = 0) {
    self.status = status
    self.stdout = stdout
    self.stderr = stderr
    self.dropped = dropped
  }

  package var isSuccess: Bool { status == 0 }
  /// Standard output as text, with what is not UTF-8 replaced, and without the last newline.
  package var text: String { Self.trimmed(stdout) }
  package var errorText: String { Self.trimmed(stderr) }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    var bytes = bytes[...]
    while bytes.last == 0x0A || bytes.last == 0x0D { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Whose rights a script runs with on a host.
package enum Account: Sendable, Hashable {
  /// The account that logged in.
  case login
  /// root, through sudo, doas or su; opened when first needed, once a host and run.
  case root
}
