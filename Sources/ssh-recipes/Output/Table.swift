/// Rows of text, each column as wide as its widest cell.
enum Table {
  static func lines(_ rows: [[String]]) -> [String] {
    let cells = rows.map { $0.map(\.visible) }
    let widths = (cells.first ?? []).indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined(separator: "  ")
    }
  }
}
