public import GatehouseBase

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
            let permission = event.permission.map { " \($0.printable)" } ?? ""
            let why = (event.refusal ?? event.requirement).map { ": \($0.inOneLine(upTo: 256))" } ?? ""
            lines.append(
                "  \(record.time)  \(record.type.inOneLine(upTo: 64))\(outcome)\(permission)\(who)\(place)\(why)"
            )
        }
        lines.append("")
        lines += limits.map { "Note: \($0)" }
        return lines.joined(separator: "\n")
    }

    /// The events as CSV (RFC 4180), with a header. A value that a spreadsheet would take for a formula gets a leading apostrophe.
    public var csv: String {
        var lines = ["id,time,type,outcome,user,organization,requestID,permission,requirement"]
        for event in events {
            let record = event.record
            let outcome = record.outcome == .none ? "" : record.outcome == .allowed ? "allowed" : "denied"
            let fields = [
                event.id, record.time.description, record.type, outcome, record.user ?? "", record.organization ?? "",
                record.requestID ?? "", event.permission ?? "", event.requirement ?? "",
            ]
            lines.append(fields.map(Self.field).joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// The characters that begin a formula, with their full-width forms (OWASP, “CSV Injection”).
    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func field(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { Self.formulaSigns.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return safe }
        var quoted = ""
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { quoted += "\"\"" } else { quoted.unicodeScalars.append(scalar) }
        }
        return "\"\(quoted)\""
    }
}

extension AuditRow {
    /// The permission of the check; `nil` if there is none.
    var permission: String? { JSONValue(utf8: record.facts)?["permission"]?.string }

    /// The reason of a refusal by a requirement; `nil` if there is none, or if it was redacted.
    var refusal: String? {
        guard record.type.hasSameBytes(as: AuditRecord.requirement) else { return nil }
        return JSONValue(utf8: record.personal)?["reason"]?.string
    }

    /// The requirement; `nil` if the record is about a permission.
    var requirement: String? { JSONValue(utf8: record.facts)?["requirement"]?.string }
}
