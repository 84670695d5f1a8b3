#if Server
import Gatehouse
import GatehouseBase
import GatehouseHTTP
import GatehousePolicyFiles
import HTTPTypes

/// A reader that makes route rules and scopes from nodes.
struct RouteRulesReader {
    private(set) var rules = RouteRules([])
    /// The position of each rule.
    private(set) var positions: [SourcePosition] = []
    private(set) var scopes: ScopeMap = [:]
    private var routes: SettingSource.Found?

    private static let keys = ["path", "methods", "public", "require"]

    init(_ routes: SettingSource.Found?, _ scopes: SettingSource.Found?, _ source: inout SettingSource) {
        if let routes, case .node(let node) = routes.value {
            self.routes = routes
            let read = readRules(node, &source)
            rules = RouteRules(read.map(\.rule))
            positions = read.map(\.position)
        }
        if let scopes, case .node(let node) = scopes.value { self.scopes = Self.scopes(node, scopes, &source) }
    }

    private func readRules(
        _ node: DocumentNode,
        _ source: inout SettingSource
    ) -> [(rule: RouteRule, position: SourcePosition)] {
        guard case .sequence(let entries) = node.value else {
            wrong("", "must be a list, not \(node.kind)", node.position, &source)
            return []
        }
        return entries.enumerated().compactMap { index, entry in
            guard case .mapping(let members) = entry.value else {
                wrong("[\(index)]", "must be a mapping, not \(entry.kind)", entry.position, &source)
                return nil
            }
            return rule(members, at: entry.position, "[\(index)]", &source).map { ($0, entry.position) }
        }
    }

    private func rule(
        _ members: [DocumentMember],
        at position: SourcePosition,
        _ place: String,
        _ source: inout SettingSource
    ) -> RouteRule? {
        let fields = Fields(members, known: Self.keys)
        for member in fields.unknown {
            wrong(
                "\(place).\(member.key.printable)",
                "a route has no key “\(member.key.printable)”" + fields.suggestion(for: member),
                member.keyPosition,
                &source
            )
        }
        let template = fields["path"].flatMap { self.template($0.value, "\(place).path", &source) }
        if fields["path"] == nil { wrong("\(place).path", "is missing: a route needs a path", position, &source) }
        let methods = fields["methods"].flatMap { self.methods($0.value, "\(place).methods", &source) }
        var isPublic = false
        if let node = fields["public"]?.value {
            if case .bool(true) = node.value {
                isPublic = true
            } else {
                wrong(
                    "\(place).public",
                    "must be true; leave the key out of a route that is not public",
                    node.position,
                    &source
                )
            }
        }
        let requirement = fields["require"].flatMap { member in
            RequirementReader(placeholders: template?.placeholders ?? []).read(member.value, "\(place).require") {
                wrong($0, $1, $2, &source)
            }
        }
        switch (fields["public"], fields["require"]) {
        case (nil, nil): wrong(place, "says neither “public: true” nor what it requires", position, &source)
        case (let first?, _?):
            wrong(
                "\(place).public",
                "stands beside “require”; a public route requires nothing",
                first.keyPosition,
                &source
            )
        default: break
        }
        guard let template, fields["methods"] == nil || methods != nil else { return nil }
        if isPublic { return RouteRule(template, methods: methods ?? [], requires: .public) }
        return requirement.map { RouteRule(template, methods: methods ?? [], requires: $0) }
    }

    private func template(_ node: DocumentNode, _ place: String, _ source: inout SettingSource) -> RouteTemplate? {
        guard let text = node.string else {
            wrong(place, "must be a text, not \(node.kind)", node.position, &source)
            return nil
        }
        do throws(RouteTemplateError) {
            return try RouteTemplate(text)
        } catch {
            wrong(place, error.description, node.position, &source)
            return nil
        }
    }

    private func methods(
        _ node: DocumentNode,
        _ place: String,
        _ source: inout SettingSource
    ) -> Set<HTTPRequest.Method>? {
        guard case .sequence(let elements) = node.value, !elements.isEmpty else {
            wrong(
                place,
                "must be a list of methods such as [GET, POST]; leave the key out for all of them",
                node.position,
                &source
            )
            return nil
        }
        var methods: Set<HTTPRequest.Method> = []
        for element in elements {
            guard let text = element.string, let method = HTTPRequest.Method(text) else {
                wrong(
                    place,
                    "an entry must be a method such as GET, not \(element.string.map { "“\($0.printable)”" } ?? element.kind)",
                    element.position,
                    &source
                )
                continue
            }
            let capitals = text.uppercased()
            if text != capitals, ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(capitals) {
                wrong(place, "methods have their case: “\(text)” is not \(capitals)", element.position, &source)
            }
            methods.insert(method)
        }
        return methods
    }

    private func wrong(
        _ place: String,
        _ message: String,
        _ position: SourcePosition,
        _ source: inout SettingSource
    ) {
        guard let routes else { return }
        source.add(ConfigurationProblem(routes.key + place, message, in: routes.source, at: position))
    }

    private static func scopes(
        _ node: DocumentNode,
        _ found: SettingSource.Found,
        _ source: inout SettingSource
    ) -> ScopeMap {
        guard case .mapping(let members) = node.value else {
            source.wrong(found, "must be a mapping from scopes to lists of permissions, not \(node.kind)")
            return [:]
        }
        var scopes: [(scope: String, permissions: [PermissionPattern])] = []
        for member in members {
            let key = "scopes.\(member.key.printable)"
            guard case .sequence(let elements) = member.value.value else {
                source.add(
                    ConfigurationProblem(
                        key,
                        "must be a list of permissions, not \(member.value.kind)",
                        in: found.source,
                        at: member.value.position
                    )
                )
                continue
            }
            var patterns: [PermissionPattern] = []
            for element in elements {
                do throws(NameError) {
                    patterns.append(try PermissionPattern(validating: element.string ?? ""))
                } catch {
                    let message = element.string == nil ? "an entry must be a text, not \(element.kind)" : "\(error)"
                    source.add(ConfigurationProblem(key, message, in: found.source, at: element.position))
                }
            }
            scopes.append((member.key, patterns))
        }
        return ScopeMap(scopes)
    }
}

/// The members of a mapping whose keys are known.
struct Fields {
    private let known: [String]
    private let members: [DocumentMember]

    init(_ members: [DocumentMember], known: [String]) {
        (self.members, self.known) = (members, known)
    }

    subscript(key: String) -> DocumentMember? { members.first { $0.key.hasSameBytes(as: key) } }

    var unknown: [DocumentMember] {
        members.filter { member in !known.contains { $0.hasSameBytes(as: member.key) } }
    }

    func suggestion(for member: DocumentMember) -> String {
        var names = NearestNames(known)
        return names.suggestion(for: member.key)
    }
}
#endif
