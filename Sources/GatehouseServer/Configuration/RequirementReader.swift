#if Server
import Gatehouse
import GatehouseBase
import GatehousePolicyFiles

/// A reader that makes a requirement from a node, which must have exactly one of the contract's forms.
struct RequirementReader {
    /// The placeholders of the route's path.
    let placeholders: [String]

    /// A closure that takes a problem: the key, a sentence, and the position.
    typealias Report = (_ key: String, _ message: String, _ position: SourcePosition) -> Void

    private static let forms = [
        "authenticated", "permission", "role", "organization", "factor", "plan", "feature", "kind", "allOf", "anyOf",
        "not",
    ]

    /// Reads a requirement; `nil` if the node is not a requirement.
    ///
    /// The method is recursive, to the depth to which a document may nest.
    func read(_ node: DocumentNode, _ place: String, _ wrong: Report) -> Requirement? {
        guard case .mapping(let members) = node.value else {
            wrong(place, "a requirement must be a mapping, not \(node.kind)", node.position)
            return nil
        }
        let fields = Fields(members, known: Self.forms + ["on"])
        for member in fields.unknown {
            wrong(
                "\(place).\(member.key.printable)",
                "a requirement has no key “\(member.key.printable)”" + fields.suggestion(for: member),
                member.keyPosition
            )
        }
        let named = members.filter { member in Self.forms.contains { $0.hasSameBytes(as: member.key) } }
        guard named.count == 1, let form = named.first else {
            if named.count > 1 {
                let names = named.map(\.key).joined(separator: ", ")
                wrong(place, "has \(names) in one mapping; put them into allOf or anyOf", named[1].keyPosition)
            } else if fields.unknown.isEmpty {
                wrong(place, "says nothing: it needs one of \(Self.forms.joined(separator: ", "))", node.position)
            }
            return nil
        }
        if let on = fields["on"], form.key != "permission" {
            wrong("\(place).on", "stands beside “\(form.key)”; it belongs to a permission", on.keyPosition)
        }
        guard fields.unknown.isEmpty else { return nil }
        return read(form, on: fields["on"], "\(place).\(form.key)", wrong)
    }

    private func read(
        _ form: DocumentMember,
        on resource: DocumentMember?,
        _ place: String,
        _ wrong: Report
    ) -> Requirement? {
        let node = form.value
        func text() -> String? {
            if let text = node.nonEmptyString { return text }
            wrong(place, node.string == nil ? "must be a text, not \(node.kind)" : "must not be empty", node.position)
            return nil
        }
        switch form.key {
        case "authenticated":
            if case .bool(true) = node.value { return .authenticated }
            wrong(place, "must be true", node.position)
            return nil
        case "permission":
            guard let name = text() else { return nil }
            do throws(NameError) {
                let permission = try Permission(validating: name)
                guard let resource else { return .permission(permission) }
                return self.resource(resource.value, place, wrong).map { .permission(permission, on: $0) }
            } catch {
                wrong(place, "\(error)", node.position)
                return nil
            }
        case "role": return text().map { .role($0) }
        case "organization": return text().flatMap { organization($0, node, place, wrong) }
        case "factor": return factor(node, place, wrong)
        case "plan": return text().flatMap { named(.plan($0), node, place, wrong) }
        case "feature": return text().flatMap { named(.feature($0), node, place, wrong) }
        case "kind": return kinds(node, place, wrong)
        case "not": return read(node, place, wrong).map { .not($0) }
        default:
            guard let requirements = list(node, place, wrong) else { return nil }
            return form.key == "allOf" ? .allOf(requirements) : .anyOf(requirements)
        }
    }

    private func named(
        _ requirement: Requirement,
        _ node: DocumentNode,
        _ place: String,
        _ wrong: Report
    ) -> Requirement? {
        guard let fault = requirement.fault else { return requirement }
        wrong(place, fault, node.position)
        return nil
    }

    private func list(_ node: DocumentNode, _ place: String, _ wrong: Report) -> [Requirement]? {
        guard case .sequence(let elements) = node.value else {
            wrong(place, "must be a list of requirements, not \(node.kind)", node.position)
            return nil
        }
        guard !elements.isEmpty else {
            wrong(place, "is empty, and would refuse everybody", node.position)
            return nil
        }
        let requirements = elements.enumerated().map { read($1, "\(place)[\($0)]", wrong) }
        return requirements.contains { $0 == nil } ? nil : requirements.compactMap { $0 }
    }

    /// Returns the name of a placeholder in the form `{name}`; `nil` for another text.
    private func placeholder(_ text: String) -> String? {
        text.hasPrefix("{") && text.hasSuffix("}") && text.utf8.count > 2 ? String(text.dropFirst().dropLast()) : nil
    }

    private func known(_ name: String, _ node: DocumentNode, _ place: String, _ wrong: Report) -> Bool {
        if placeholders.contains(where: { $0.hasSameBytes(as: name) }) { return true }
        wrong(place, "the route's path has no placeholder {\(name.printable)}", node.position)
        return false
    }

    private func organization(_ text: String, _ node: DocumentNode, _ place: String, _ wrong: Report) -> Requirement? {
        if let name = placeholder(text) {
            return known(name, node, place, wrong) ? .organization(.inPath(name)) : nil
        }
        guard !text.contains("{"), !text.contains("}") else {
            wrong(place, "must be any, an id, a slug, or a placeholder such as “{org}” whole", node.position)
            return nil
        }
        return text.hasSameBytes(as: "any") ? .organization(.any) : .organization(.named(text))
    }

    /// Reads `on: {type, id: "{name}"}`.
    private func resource(_ node: DocumentNode, _ place: String, _ wrong: Report) -> Requirement.PathResource? {
        guard case .mapping(let members) = node.value else {
            wrong("\(place).on", "must be a mapping with type and id, not \(node.kind)", node.position)
            return nil
        }
        let fields = Fields(members, known: ["type", "id"])
        for member in fields.unknown {
            wrong(
                "\(place).on",
                "has no key “\(member.key.printable)”" + fields.suggestion(for: member),
                member.keyPosition
            )
        }
        let type = fields["type"]?.value.string.flatMap { Name.isSegment($0) ? $0 : nil }
        if type == nil {
            wrong(
                "\(place).on.type",
                "must be one segment of A-Z a-z 0-9 _ - .",
                fields["type"]?.value.position ?? node.position
            )
        }
        let id = fields["id"]?.value.string.flatMap { placeholder($0) }
        guard let id, let idNode = fields["id"]?.value else {
            wrong(
                "\(place).on.id",
                "must be a placeholder of the path, such as “{id}”",
                fields["id"]?.value.position ?? node.position
            )
            return nil
        }
        guard known(id, idNode, "\(place).on.id", wrong), let type, fields.unknown.isEmpty else { return nil }
        return .path(type, id)
    }

    private func kinds(_ node: DocumentNode, _ place: String, _ wrong: Report) -> Requirement? {
        let nodes: [DocumentNode] = if case .sequence(let elements) = node.value { elements } else { [node] }
        let known = Principal.TokenKind.allCases
        var kinds: Set<Principal.TokenKind> = []
        for element in nodes {
            let kind = element.string.flatMap { text in known.first { $0.rawValue.hasSameBytes(as: text) } }
            guard let kind else {
                let names = known.map(\.rawValue).joined(separator: ", ")
                wrong(place, "must be one of \(names), or a list of them", element.position)
                return nil
            }
            kinds.insert(kind)
        }
        guard !kinds.isEmpty else {
            wrong(place, "is empty, and would refuse everybody", node.position)
            return nil
        }
        return .tokenKind(kinds)
    }
}
#endif
