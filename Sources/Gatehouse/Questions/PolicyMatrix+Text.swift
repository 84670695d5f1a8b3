extension PolicyMatrix {
    /// A way to write a matrix.
    public enum Format: String, Sendable, CaseIterable {
        /// Columns aligned with spaces.
        case text
        /// A table of GitHub Flavored Markdown.
        case markdown
        /// Comma-separated values (RFC 4180), with `\n` between lines. No name needs quotes.
        case csv
    }

    /// Returns the lines of the table, the header first: `permission` and the roles.
    public func lines(_ format: Format) -> [String] {
        let labels = format == .markdown ? permissions.map(Self.escaped) : permissions
        let table = [["permission"] + roles] + zip(labels, rows).map { [$0] + $1.map(\.rawValue) }
        switch format {
        case .csv:
            return table.map { $0.joined(separator: ",") }
        case .markdown:
            let rule = "|" + table[0].map { _ in " --- |" }.joined()
            let lines = table.map { "| " + $0.joined(separator: " | ") + " |" }
            return [lines[0], rule] + lines.dropFirst()
        case .text:
            let widths = table[0].indices.map { column in table.map { $0[column].utf8.count }.max() ?? 0 }
            return table.map { row in
                let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.utf8.count) }
                let line = cells.joined(separator: "  ")
                return String(line.reversed().drop { $0 == " " }.reversed())
            }
        }
    }

    /// Returns a pattern with two wildcards, as Markdown that is not emphasized between them.
    private static func escaped(_ label: String) -> String {
        let wildcards = label.split(separator: ":").filter { $0.hasPrefix("*") }
        return wildcards.count < 2 ? label : label.replacing("*", with: "\\*")
    }
}
