import Recipes

/// Recipes as printed by `list` and `search`, one per line.
enum RecipeRows {
  static func lines(_ rows: [RecipeCatalogue.Row]) -> [String] {
    let cells = rows.map { row in
      (
        name: row.file.name.visible, summary: summary(row).visible, source: "(\(row.source.visible))"
      )
    }
    let width = cells.map(\.name.count).max() ?? 0
    return cells.map {
      $0.name + String(repeating: " ", count: width - $0.name.count) + "  \($0.summary)  \($0.source)"
    }
  }

  private static func summary(_ row: RecipeCatalogue.Row) -> String {
    switch row.header {
    case .success(let header): header.summary
    case .failure: "cannot be read: ssh-recipes lint \(row.repository == nil ? row.file.path : row.file.name)"
    }
  }
}
