/// A POSIX `sh` script for a host, with its positional parameters and its input.
///
/// The text is a constant, readable and shellchecked as it stands. Values are passed as `$1`, `$2` … and quoted by the
/// transport, so that no value is ever spliced into shell code.
package struct Script: Sendable, Hashable {
  /// The name in the output of `--debug`: `copy_id: append the key`.
  package var name: String
  package var text: String
  package var arguments: [String]
  /// Standard input; `nil` for `/dev/null`, so that no script reads the text of the next one.
  package var input: [UInt8]?
  /// The path of a file on the host for standard input, in place of ``input``.
  var inputPath: String?
  /// The limit from the script's start; `nil` for the transport's default of 60 seconds.
  package var timeout: Duration?
  /// The limit for standard output and standard error, in bytes; further bytes are counted and dropped.
  package var outputLimit: Int
  /// Takes the output while the script runs.
  package var sink: OutputSink?
  /// Whether the long-lived shell ends after the script, as does the login, which saves the round trip of its end.
  var endsShell = false
  /// Whole lines for the long-lived shell to run when it ends, by the end of its input or by a signal.
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

extension Script {
  /// The script with other lines in front, and with their arguments before its own.
  package func preceded(by lines: String, _ first: [String]) -> Script {
    var script = self
    script.text = lines + text
    script.arguments = first + arguments
    return script
  }
}

/// The result of a script.
public struct Output: Sendable, Hashable {
  /// The exit status; 128 + n for an end by signal n.
  public var status: Int32
  public var stdout: [UInt8]
  public var stderr: [UInt8]
  /// Bytes dropped beyond ``Script/outputLimit``.
  package var dropped: Int
  /// Standard output of the act's ``Act/epilogue``.
  package var epilogue: [UInt8] = []

  package init(status: Int32 = 0, stdout: [UInt8] = [], stderr: [UInt8] = [], dropped: Int = 0) {
    self.status = status
    self.stdout = stdout
    self.stderr = stderr
    self.dropped = dropped
  }

  public var isSuccess: Bool { status == 0 }
  /// Standard output as text, with invalid UTF-8 replaced, without the last newline.
  public var text: String { Self.trimmed(stdout) }
  public var errorText: String { Self.trimmed(stderr) }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    var bytes = bytes[...]
    while bytes.last == 0x0A || bytes.last == 0x0D { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The user whose rights a script has on a host.
public enum Account: Sendable, Hashable {
  /// The account of the login.
  case login
  /// root, through sudo, doas or su; opened when first needed, once per host and run.
  case root
}
