/// The recipes, platforms and primitives of the folder `recipes` as they were when the program was built, for a program
/// without `share/ssh-recipes` beside it.
package enum BuiltInRecipes {
  /// The folder's name in messages; ``LocalFiles`` reads paths below it from ``files``.
  package static let folder = "(built in)"

  /// By path in the folder. The list is written during the build, by the plugin BundledFiles.
  package static var files: [String: [UInt8]] { listed }
}
