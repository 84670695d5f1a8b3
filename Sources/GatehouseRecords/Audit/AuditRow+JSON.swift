public import GatehouseBase

extension AuditRow {
    /// The record as `gatehouse audit export` prints it.
    public var json: JSONValue {
        var members = JSONMembers()
        members.add("id", .string(id))
        members.add("time", .string(record.time.description))
        members.add("type", .string(record.type))
        if record.outcome != .none { members.add("outcome", record.outcome == .allowed ? "allowed" : "denied") }
        members.add("user", JSONValue(record.user))
        members.add("organization", JSONValue(record.organization))
        members.add("requestID", JSONValue(record.requestID))
        if case .object(let facts) = JSONValue(utf8: record.facts) {
            for fact in facts { members.add(fact.name, fact.value) }
        }
        if isRedacted {
            members.add("redacted", true)
        } else if case .object(let personal) = JSONValue(utf8: record.personal) {
            for part in personal { members.add(part.name, part.value) }
        }
        return members.object
    }
}

extension AuditReport {
    /// The report as one JSON object.
    public var json: JSONValue {
        [
            "since": JSONValue(since?.description), "until": JSONValue(until?.description),
            "total": .number(JSONNumber(total)),
            "types": .object(types.map { JSONMember($0.name, .number(JSONNumber($0.count))) }),
            "failedSignIns": [
                "count": .number(JSONNumber(failedSignIns)), "source": .string("application"),
            ],
            "passwordChanges": .number(JSONNumber(passwordChanges)), "denials": .number(JSONNumber(denials)),
            "limits": JSONValue(limits), "events": .array(events.map(\.json)),
        ]
    }

    /// The report for a terminal.
    public var text: String {
        var lines = [
            "Records \(since.map { "since \($0)" } ?? "from the first") \(until.map { "until \($0)" } ?? "to the last")",
            "",
        ]
        lines.append("  total             \(total)")
        lines.append("  denials           \(denials)")
        lines.append("  failed sign-ins   \(failedSignIns) (as the application said)")
        lines.append("  password changes  \(passwordChanges)")
        lines.append("")
        let width = types.map(\.name.count).max() ?? 0
        for type in types {
            let name = type.name.inOneLine(upTo: 64)
            lines.append("  \(name)\(String(repeating: " ", count: max(0, width - name.count)))  \(type.count)")
        }
        lines.append("")
        for event in events {
            let record = event.record
            let who = record.user.map { " \($0.printable)" } ?? ""
            let place = record.organization.map { " in \($0.printable)" } ?? ""
            let outcome = record.outcome == .denied ? " denied" : ""
            let permission = JSONValue(utf8: record.facts)?["permission"]?.string.map { " \($0.printable)" } ?? ""
            lines.append("  \(record.time)  \(record.type.inOneLine(upTo: 64))\(outcome)\(permission)\(who)\(place)")
        }
        lines.append("")
        lines += limits.map { "Note: \($0)" }
        return lines.joined(separator: "\n")
    }

    /// The events as CSV (RFC 4180), with a header. A value that a spreadsheet would take for a formula is led by an apostrophe.
    public var csv: String {
        var lines = ["id,time,type,outcome,user,organization,requestID,permission"]
        for event in events {
            let record = event.record
            let outcome = record.outcome == .none ? "" : record.outcome == .allowed ? "allowed" : "denied"
            let permission = JSONValue(utf8: record.facts)?["permission"]?.string ?? ""
            let fields = [
                event.id, record.time.description, record.type, outcome, record.user ?? "", record.organization ?? "",
                record.requestID ?? "", permission,
            ]
            lines.append(fields.map(Self.field).joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func field(_ text: String) -> String {
        let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return safe }
        var quoted = ""
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { quoted += "\"\"" } else { quoted.unicodeScalars.append(scalar) }
        }
        return "\"\(quoted)\""
    }

    /// The report as an HTML page of its own, with a chart.
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
            let cells = [record.time.description, record.type, outcome, record.user ?? "", record.organization ?? ""]
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
            <table><tr><th>Time</th><th>Type</th><th>Outcome</th><th>User</th><th>Organization</th></tr>
            \(rows.joined(separator: "\n"))
            </table>
            <h2>Limits</h2>
            <ul>\(limits.map { "<li>\(Self.escaped($0))</li>" }.joined())</ul>
            </body></html>

            """
    }

    /// A text within HTML, be it in an element or in a quoted attribute.
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
