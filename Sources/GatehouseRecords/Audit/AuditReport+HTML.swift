extension AuditReport {
    /// The report as a complete HTML page with a chart.
    public var html: String {
        let bars = types.sorted { $0.count > $1.count }.prefix(20)
        let most = max(1, bars.map(\.count).max() ?? 1)
        var chart =
            "<svg role=\"img\" aria-label=\"Records by type\" width=\"640\" height=\"\(bars.count * 24)\" font-size=\"13\">\n"
        for (index, bar) in bars.enumerated() {
            let width = max(1, bar.count * 320 / most)
            let y = index * 24
            chart += "<text x=\"0\" y=\"\(y + 16)\">\(Self.escaped(bar.name.inOneLine(upTo: 32)))</text>"
            chart += "<rect x=\"220\" y=\"\(y + 4)\" width=\"\(width)\" height=\"16\" fill=\"#3366aa\"/>"
            chart += "<text x=\"\(228 + width)\" y=\"\(y + 16)\">\(bar.count)</text>\n"
        }
        chart += "</svg>"
        let rows = events.map { event in
            let record = event.record
            let outcome = record.outcome == .none ? "" : record.outcome == .allowed ? "allowed" : "denied"
            let cells = [
                record.time.description, record.type, outcome, event.permission ?? event.requirement ?? "",
                record.user ?? "",
                record.organization ?? "",
            ]
            return "<tr>" + cells.map { "<td>\(Self.escaped($0.inOneLine(upTo: 256)))</td>" }.joined() + "</tr>"
        }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Audit report</title>
            <style>body{font:15px system-ui,sans-serif;margin:2em;max-width:60em}table{border-collapse:collapse}
            td,th{padding:.2em .8em .2em 0;text-align:left;border-bottom:1px solid #ddd}</style></head><body>
            <h1>Audit report</h1>
            <p>\(since.map { "Since \($0)" } ?? "From the first record") \(until.map { "until \($0)" } ?? "to the last").</p>
            <table><tr><th>Records</th><td>\(total)</td></tr><tr><th>Denials</th><td>\(denials)</td></tr>
            <tr><th>Failed sign-ins</th><td>\(failedSignIns)</td></tr><tr><th>Password changes</th><td>\(passwordChanges)</td></tr></table>
            <h2>By type</h2>
            \(chart)
            <h2>Events</h2>
            <table><tr><th>Time</th><th>Type</th><th>Outcome</th><th>Permission or requirement</th><th>User</th><th>Organization</th></tr>
            \(rows.joined(separator: "\n"))
            </table>
            <h2>Limits</h2>
            <ul>\(limits.map { "<li>\(Self.escaped($0))</li>" }.joined())</ul>
            </body></html>

            """
    }

    /// Returns the text, escaped for an HTML element and for a quoted attribute.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
