#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

enum WorkingFolder {
  static var path: String { FileManager.default.currentDirectoryPath }
}
