import Recipes
import Runs
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The format of a report's file, from the end of its name.
enum ReportFormat: String {
  case json, html
  case junit = "xml"

  init?(_ path: String) {
    guard let place = path.lastIndex(of: "."),
      let format = Self(rawValue: path[path.index(after: place)...].lowercased())
    else { return nil }
    self = format
  }
}

/// A report on the disk.
enum ReportFile {
  /// Whether the files can be made, as far as can be told without making them.
  ///
  /// - Throws: ``CommandFailure``.
  static func check(_ paths: [String]) throws(CommandFailure) {
    for path in paths {
      let folder = FilePath(path).removingLastComponent().string
      guard access(folder.isEmpty ? "." : folder, W_OK | X_OK) == 0 else {
        throw CommandFailure("the report \"\(path)\" cannot be written: \(Errno(rawValue: errno))")
      }
    }
  }

  /// Writes files whole, and prints an error for each failure. The journals hold old contents of files, so
  /// a report with them is for its owner only.
  ///
  /// - Returns: whether all were written.
  static func write(_ document: ReportDocument, to paths: [String]) -> Bool {
    var isWritten = true
    for path in paths {
      do {
        let format = ReportFormat(path) ?? .json
        try DurableFile.write(
          try bytes(document, as: format), to: path, mode: format == .json ? .ownerReadWrite : page)
      } catch {
        TextStream.standardError.line("error: the report \"\(path)\" could not be written: \(error)".visible)
        isWritten = false
      }
    }
    return isWritten
  }

  static func bytes(_ document: ReportDocument, as format: ReportFormat) throws -> [UInt8] {
    switch format {
    case .json: try document.encoded()
    case .html: Array(ReportPage(document: document).text.utf8)
    case .junit: Array(JUnitOutput.document(document.report, document.calls).utf8)
    }
  }

  /// - Throws: ``CommandFailure``.
  static func read(_ path: String) throws(CommandFailure) -> ReportDocument {
    let text: String
    do throws(TextFile.WriteError) { text = try TextFile.contents(path) } catch {
      throw CommandFailure("the report \"\(path)\" cannot be read: \(error.reason)")
    }
    do {
      let document = try ReportDocument.decoded(Array(text.utf8))
      guard document.schema == ReportDocument.schema else {
        throw CommandFailure(
          "the report \"\(path)\" is of another version: expected \(ReportDocument.schema), got \(document.schema)")
      }
      return document
    } catch let error as CommandFailure { throw error } catch {
      throw CommandFailure("\"\(path)\" is no report: expected a file that --report FILE.json has written")
    }
  }

  private static let page: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
}
