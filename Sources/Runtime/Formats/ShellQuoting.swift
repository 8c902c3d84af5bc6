/// Values as words of a POSIX shell.
package enum ShellQuoting {
  /// `text` as one word in single quotes, where only the single quote itself is special.
  package static func quoted(_ text: String) -> [UInt8] {
    var word: [UInt8] = [0x27]
    word.reserveCapacity(text.utf8.count + 2)
    for byte in text.utf8 {
      if byte == 0x27 { word += [0x27, 0x5C, 0x27, 0x27] } else { word.append(byte) }
    }
    word.append(0x27)
    return word
  }

  /// `text` as a person would type it: quoted only if necessary.
  package static func word(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
    return isPlain && !text.isEmpty ? text : String(decoding: quoted(text), as: UTF8.self)
  }

  /// `printf` commands that print exactly `bytes`.
  ///
  /// A here-document cannot carry NUL, and reading a counted number of bytes from the shell's own standard input
  /// fails if the shell reads ahead (dash before 0.5.13, BusyBox ash) or `head -c` does (BusyBox). `printf` with
  /// octal escapes is POSIX, built into every relevant shell, and barely lengthens text. Each command stays below
  /// 32 KiB, since Linux limits an argument to 128 KiB for a shell without the builtin.
  package static func printing(_ bytes: [UInt8]) -> [UInt8] {
    var commands: [UInt8] = []
    commands.reserveCapacity(bytes.count + bytes.count / 2 + 16)
    var room = 0
    for byte in bytes {
      if room < 4 {
        if !commands.isEmpty { commands += Array("'\n".utf8) }
        commands += Array("printf '".utf8)
        room = 32_000
        // A format that starts with a dash would be read as an option.
        if byte == 0x2D {
          commands += octal(byte)
          room -= 4
          continue
        }
      }
      switch byte {
      case 0x25: commands += [0x25, 0x25]
      case 0x5C: commands += [0x5C, 0x5C]
      case 0x0A, 0x20...0x26, 0x28...0x7E: commands.append(byte)
      default: commands += octal(byte)
      }
      room -= 4
    }
    if !commands.isEmpty { commands += Array("'\n".utf8) }
    return commands
  }

  private static func octal(_ byte: UInt8) -> [UInt8] {
    [0x5C, 0x30 + (byte >> 6), 0x30 + ((byte >> 3) & 7), 0x30 + (byte & 7)]
  }
}
