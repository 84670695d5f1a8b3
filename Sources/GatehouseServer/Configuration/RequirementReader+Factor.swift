#if Server
import Gatehouse
import GatehouseBase
import GatehousePolicyFiles

extension RequirementReader {
    private static let presets: [(name: String, value: Reverification)] = [
        ("strict_mfa", .strictMFA), ("strict", .strict), ("moderate", .moderate), ("lax", .lax),
    ]

    /// Reads `factor: strict`, or `factor: {level: second_factor, within: 10m}`.
    func factor(_ node: DocumentNode, _ place: String, _ wrong: Report) -> Requirement? {
        let names = Self.presets.map(\.name).joined(separator: ", ")
        if let text = node.string {
            if let preset = Self.presets.first(where: { $0.name.hasSameBytes(as: text) }) {
                return .factor(preset.value)
            }
            wrong(place, "must be one of \(names), or a mapping with level and within", node.position)
            return nil
        }
        guard case .mapping(let members) = node.value else {
            wrong(place, "must be a mapping with level and within, or one of \(names), not \(node.kind)", node.position)
            return nil
        }
        let fields = Fields(members, known: ["level", "within"])
        for member in fields.unknown {
            wrong(place, "has no key “\(member.key.printable)”" + fields.suggestion(for: member), member.keyPosition)
        }
        let levels = Reverification.Level.allCases
        let level = fields["level"]?.value.string.flatMap { text in
            levels.first { $0.rawValue.hasSameBytes(as: text) }
        }
        if level == nil {
            let levels = levels.map(\.rawValue).joined(separator: ", ")
            wrong("\(place).level", "must be one of \(levels)", fields["level"]?.value.position ?? node.position)
        }
        var minutes: Int?
        if let within = fields["within"]?.value {
            minutes = within.string.flatMap { Duration(setting: $0) }.flatMap(\.wholeMinutes)
            if minutes == nil {
                wrong("\(place).within", "must be a time of whole minutes, such as 10m or 1h", within.position)
                return nil
            }
        } else if level != .secondFactorStrict {
            if level != nil { wrong("\(place).within", "is missing: it says how lately, such as 10m", node.position) }
            return nil
        }
        guard let level, fields.unknown.isEmpty else { return nil }
        return .factor(Reverification(level, afterMinutes: minutes))
    }
}

extension Duration {
    /// The duration in minutes, at least 1; `nil` if it is not a whole number of minutes.
    fileprivate var wholeMinutes: Int? {
        let (seconds, attoseconds) = components
        guard attoseconds == 0, seconds > 0, seconds % 60 == 0 else { return nil }
        return Int(exactly: seconds / 60)
    }
}
#endif
