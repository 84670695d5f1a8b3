import Gatehouse
import Synchronization
import Testing

@Suite("Observers hear of a requirement once, where no permission tells of it")
struct RequirementEventTests {
    /// Keeps what it hears, as lines.
    private final class Listener: DecisionObserver {
        private struct Full: Error {}

        private let isFull: Bool
        private let lines = Mutex<[String]>([])
        var heard: [String] { lines.withLock { $0 } }

        init(isFull: Bool = false) {
            self.isFull = isFull
        }

        func observe(_ event: DecisionEvent) async throws {
            lines.withLock { $0.append("\(event.check.permission.name) \(event.isAllowed ? "allowed" : "denied")") }
        }

        func observe(_ event: RequirementEvent) async throws {
            if isFull { throw Full() }
            let requirement = event.requirement.map { "\($0)" } ?? "nothing"
            lines.withLock { $0.append("\(requirement): \(event.isAllowed ? "allowed" : "denied")") }
        }
    }

    private static let reader = Principal(
        "ann",
        organization: "org_1",
        roles: ["reader"],
        factorAges: .init(first: 0, second: 60),
        tokenKind: .session
    )
    private static let (read, write) = (Requirement.permission("docs:read"), Requirement.permission("docs:write"))
    private static let (isReader, isAdmin) = (Requirement.role("reader"), Requirement.role("admin"))

    private func authorizer(_ observer: Listener, secondFactor: SecondFactorDemands? = nil) throws -> Authorizer {
        let policy = Policy { Role("reader", grants: ["docs:read"]) }
        return Authorizer(
            engine: try PolicyEngine(policy),
            issuer: "",
            secondFactor: secondFactor,
            observers: [observer]
        )
    }

    @Test(
        "observers hear the outcome of each requirement",
        arguments: [
            (read, ["docs:read allowed"]), (write, ["docs:write denied"]),
            (isReader, ["the role reader: allowed"]), (isAdmin, ["the role admin: denied"]),
            (.authenticated, ["a principal: allowed"]), (.public, []), (.anyOf(.public, isAdmin), []),
            (.organization(.any), ["an organization: allowed"]),
            (.organization(inPath: "org"), ["the organization {org}: denied"]),
            (.factor(.strict), ["second_factor within 10 min: denied"]),
            (.plan("pro"), ["the plan pro: denied"]), (.feature("seats"), ["the feature seats: denied"]),
            (.tokenKind(.m2m), ["a credential of the kind m2m: denied"]),
            (.custom("closed on Sundays") { _ in .refused("it is Sunday") }, ["“closed on Sundays”: denied"]),
            (.custom("a service that is down") { _ in .unavailable("down") }, []),
            (.permission("no name"), ["the permission no name: denied"]), (.allOf(), ["all of (): denied"]),
            // The permission's record tells of the request.
            (.allOf(isReader, read), ["docs:read allowed"]), (.allOf(read, isReader), ["docs:read allowed"]),
            (.allOf(isReader, write), ["docs:write denied"]),
            (.anyOf(write, read), ["docs:write denied", "docs:read allowed"]),
            (.anyOf(write, isAdmin), ["docs:write denied"]), (.anyOf(isAdmin, write), ["docs:write denied"]),
            (.allOf(.not(write), .anyOf(write, isAdmin)), ["docs:write denied", "docs:write denied"]),
            // It tells something else, or nothing of what decided.
            (
                .allOf(read, isAdmin),
                ["docs:read allowed", "all of (the permission docs:read, the role admin): denied"]
            ),
            (.not(read), ["docs:read allowed", "not the permission docs:read: denied"]),
            (.not(write), ["docs:write denied", "not the permission docs:write: allowed"]),
            (
                .anyOf(write, isReader),
                ["docs:write denied", "any of (the permission docs:write, the role reader): allowed"]
            ),
            (
                .allOf(.anyOf(write, isReader), isAdmin),
                [
                    "docs:write denied",
                    "all of (any of (the permission docs:write, the role reader), the role admin): denied",
                ]
            ),
            (
                .allOf(read, .factor(.strict)),
                ["docs:read allowed", "all of (the permission docs:read, second_factor within 10 min): denied"]
            ),
        ] as [(Requirement, [String])]
    )
    func heard(requirement: Requirement, lines: [String]) async throws {
        let listener = Listener()
        let authorizer = try authorizer(listener)
        // Nobody answers by memory what observers have to hear of.
        let isKnown = requirement.isKnownToBeMet(by: Self.reader, parameters: ["org": "org_2"], authorizer)
        #expect(!isKnown || requirement.isPublic)
        let context = Requirement.Context(principal: Self.reader, parameters: ["org": "org_2"], authorizer: authorizer)
        _ = await requirement.evaluate(context)
        #expect(listener.heard == lines)
    }

    @Test("a request without a principal is not heard of", arguments: [isAdmin, read, .authenticated, .factor(.lax)])
    func nobody(requirement: Requirement) async throws {
        let listener = Listener()
        let context = Requirement.Context(principal: nil, authorizer: try authorizer(listener))
        #expect(await requirement.evaluate(context) == .unauthenticated)
        #expect(listener.heard == [])
    }

    @Test("a demanded second factor is heard of after the permission that was allowed")
    func secondFactor() async throws {
        struct Demanding: SecondFactorSource {
            func demandsSecondFactor(in organization: String) async throws -> Bool { true }
        }
        let listener = Listener()
        let authorizer = try authorizer(listener, secondFactor: SecondFactorDemands(Demanding()))
        var principal = Self.reader
        principal.factorAges = .init(first: 0, second: nil)
        let outcome = await Self.read.evaluate(.init(principal: principal, authorizer: authorizer))
        #expect(outcome != .allowed)
        #expect(listener.heard == ["docs:read allowed", "second_factor_strict: denied"])
    }

    @Test("an outcome that an observer could not note is not given", arguments: [isReader, isAdmin])
    func failing(requirement: Requirement) async throws {
        let context = Requirement.Context(principal: Self.reader, authorizer: try authorizer(Listener(isFull: true)))
        guard case .unavailable = await requirement.evaluate(context) else {
            Issue.record("\(requirement) was decided unheard")
            return
        }
    }
}
