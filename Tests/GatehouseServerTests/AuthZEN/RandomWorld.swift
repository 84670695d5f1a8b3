#if Server
import Gatehouse
import GatehouseBase
import SeededGenerator

@testable import GatehouseServer

/// A policy, entities and questions at random: few names, so that they meet.
struct RandomWorld {
    private static let types = ["user", "service"]
    private static let ids = ["a", "b", "c", "d/1: x"]
    private static let resourceTypes = ["doc", "box"]
    private static let names = ["doc:read", "doc:write", "box:read", "read", "doc:notes:read", "box:audit", "audit"]
    private static let values: [JSONValue] = ["x", "y", true, 1]

    private let policy: Policy
    private var catalogue = EntityCatalogue()

    init(using generator: inout SeededGenerator) throws {
        var policy = Policy()
        policy.permissions = Self.names.map { CataloguedPermission($0, "") }
        for name in ["r1", "r2", "r3"] {
            var role = Role(name)
            role.grants = (0..<2).map { _ in generator.pick(Self.names + ["doc:*", "**"]) }
            if Bool.random(using: &generator) { role.denies = [Self.names.randomElement(using: &generator) ?? ""] }
            policy.roles.append(role)
        }
        for index in 0..<2 {
            policy.rules.append(
                Rule(
                    "rule-\(index)",
                    Bool.random(using: &generator) ? .allow : .deny,
                    permissions: [Self.names.randomElement(using: &generator) ?? ""],
                    roles: [["r1", "r2", "*"].randomElement(using: &generator) ?? "r1"],
                    when: Self.condition(using: &generator)
                )
            )
        }
        for _ in 0..<6 {
            var role = RoleAssignment(["r1", "r2", "r3"].randomElement(using: &generator) ?? "r1")
            if Int.random(in: 0..<3, using: &generator) == 0 {
                role.resource = ResourceID(type: "doc", id: Self.ids.randomElement(using: &generator) ?? "a")
            }
            var assignment = Assignment(role, to: Self.ids.randomElement(using: &generator) ?? "a")
            assignment.type = Self.types.randomElement(using: &generator) ?? "user"
            if Bool.random(using: &generator) { assignment.organization = "org_1" }
            policy.assignments.append(assignment)
        }
        self.policy = policy
        for type in Self.types {
            for id in Self.ids where Bool.random(using: &generator) {
                _ = catalogue.subjects.add(EntityID(type: type, id: id), Self.attributes(using: &generator))
            }
        }
        for type in Self.resourceTypes {
            for id in Self.ids where Bool.random(using: &generator) {
                _ = catalogue.resources.add(EntityID(type: type, id: id), Self.attributes(using: &generator))
            }
        }
    }

    func decisionPoint() throws -> DecisionPoint {
        let authorizer = Authorizer(engine: try PolicyEngine(policy), issuer: "")
        return DecisionPoint(
            authorizer: authorizer,
            silent: authorizer,
            otherSubjects: (authorizer, authorizer),
            entities: CurrentEntities(catalogue)
        )
    }

    private static func condition(using generator: inout SeededGenerator) -> Condition {
        let paths: [JSONValue] = ["$principal.attributes.k", "$resource.k", "$context.k", "$action.k"]
        let compared = Condition.compare(
            .equals,
            paths.randomElement(using: &generator) ?? "$resource.k",
            values.randomElement(using: &generator) ?? "x"
        )
        return Bool.random(using: &generator) ? compared : .not(compared)
    }

    private static func attributes(using generator: inout SeededGenerator) -> JSONValue {
        Bool.random(using: &generator) ? [:] : ["k": values.randomElement(using: &generator) ?? "x"]
    }

    /// A question with all entities, of which a search takes what it needs.
    func question(using generator: inout SeededGenerator) -> JSONValue {
        var properties = Self.attributes(using: &generator)
        if Bool.random(using: &generator), case .object(let members) = properties {
            properties = .object(members + [JSONMember("organization", "org_1")])
        }
        let actions = Self.names + ["write", "open", "notes:read"]
        return [
            "subject": [
                "type": .string(Self.types.randomElement(using: &generator) ?? "user"),
                "id": .string(Self.ids.randomElement(using: &generator) ?? "a"), "properties": properties,
            ],
            "action": [
                "name": .string(actions.randomElement(using: &generator) ?? "read"),
                "properties": Self.attributes(using: &generator),
            ],
            "resource": [
                "type": .string(Self.resourceTypes.randomElement(using: &generator) ?? "doc"),
                "id": .string(Self.ids.randomElement(using: &generator) ?? "a"),
                "properties": Self.attributes(using: &generator),
            ],
            "context": Self.attributes(using: &generator),
        ]
    }

    /// Each candidate of a search, with the evaluation that decides about it. Where what is fixed is unknown there is none.
    func candidates(
        _ search: DecisionPoint.Search,
        _ asked: JSONValue,
        _ point: DecisionPoint
    ) -> [(result: JSONValue, evaluation: JSONValue)] {
        func id(_ member: String) -> EntityID {
            EntityID(type: asked[member]?["type"]?.string ?? "", id: asked[member]?["id"]?.string ?? "")
        }
        func changing(_ member: String, _ values: [JSONMember]) -> JSONValue {
            guard case .object(let members) = asked else { return asked }
            return .object(
                members.map { entry in
                    guard entry.name == member, case .object(let parts) = entry.value else { return entry }
                    let names = values.map(\.name)
                    return JSONMember(member, .object(parts.filter { !names.contains($0.name) } + values))
                }
            )
        }
        let knowsSubject = catalogue.subjects.contains(id("subject"))
        let knowsResource = catalogue.resources.contains(id("resource"))
        switch search {
        case .subject:
            guard knowsResource else { return [] }
            return catalogue.subjects.entities(ofType: id("subject").type).map { subject in
                (
                    ["type": .string(subject.type), "id": .string(subject.id)],
                    changing("subject", [JSONMember("id", .string(subject.id))])
                )
            }
        case .resource:
            guard knowsSubject else { return [] }
            return catalogue.resources.entities(ofType: id("resource").type).map { resource in
                (
                    ["type": .string(resource.type), "id": .string(resource.id)],
                    changing("resource", [JSONMember("id", .string(resource.id))])
                )
            }
        case .action:
            guard knowsSubject, knowsResource else { return [] }
            // Short and whole names: one that is no result must be one that is not allowed, or a result under its other name.
            return point.silent.engine.actions(on: id("resource").type).map { name in
                (
                    ["name": .string(name)],
                    changing("action", [JSONMember("name", .string(name)), JSONMember("properties", [:])])
                )
            }
        }
    }
}
#endif
