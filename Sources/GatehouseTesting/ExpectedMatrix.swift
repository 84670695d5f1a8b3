import Gatehouse

/// A table of roles and permissions that a test writes in Markdown. Each permission or pattern has a row, and each role has a column.
struct ExpectedMatrix {
    let roles: [String]
    let rows: [(pattern: PermissionPattern, cells: [PolicyMatrix.Cell])]

    /// Reads a table of GitHub Flavored Markdown.
    ///
    /// - Throws: ``PolicyExpectationError`` with all faults of the text.
    init(markdown text: String) throws(PolicyExpectationError) {
        var faults: [String] = []
        let lines = text.split(separator: "\n").map(Self.cells(of:)).filter { !$0.isEmpty }
        guard let header = lines.first, lines.count >= 3, lines[1].allSatisfy(Self.isRule), header.count >= 2 else {
            throw PolicyExpectationError([
                "the text is no table: “| permission | ROLE… |”, then “|---|---|”, then a row for each permission"
            ])
        }
        roles = Array(header.dropFirst())
        var rows: [(PermissionPattern, [PolicyMatrix.Cell])] = []
        for line in lines.dropFirst(2) {
            let cells = line.dropFirst().map { PolicyMatrix.Cell(rawValue: $0) }
            if line.count > header.count {
                faults.append("the row \(line[0]) has \(line.count - 1) cells for \(roles.count) roles")
            }
            for (cell, text) in zip(cells, line.dropFirst()) where cell == nil {
                faults.append("the row \(line[0]) has the cell “\(text)”: a cell is allow, deny, conditional or empty")
            }
            // A matrix in Markdown escapes wildcards.
            let name = line[0].replacing("\\*", with: "*")
            guard let pattern = try? PermissionPattern(validating: name) else {
                faults.append("“\(name)” is no permission's name, and no pattern")
                continue
            }
            // A row may lack cells at its end. They are empty, as in GitHub Flavored Markdown.
            let missing = [PolicyMatrix.Cell](repeating: .none, count: max(0, header.count - line.count))
            rows.append((pattern, cells.compactMap { $0 } + missing))
        }
        self.rows = rows
        guard faults.isEmpty else { throw PolicyExpectationError(faults) }
    }

    /// Returns the texts between the bars, without spaces around them. A line without a bar has no texts.
    private static func cells(of line: Substring) -> [String] {
        var parts = line.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
        guard parts.count > 1 else { return [] }
        if parts.first?.isEmpty == true { parts.removeFirst() }
        if parts.last?.isEmpty == true, line.hasSuffix("|") || trimmed(line).hasSuffix("|") { parts.removeLast() }
        return parts
    }

    private static func trimmed(_ text: Substring) -> String {
        func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" || character == "\r" }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    private static func isRule(_ cell: String) -> Bool {
        cell.contains("-") && cell.allSatisfy { $0 == "-" || $0 == ":" }
    }
}
