@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Testing

@Suite("Roles are given and taken through the authorizer")
struct MembershipChangeTests {
    private static let alice = Member("alice", in: "org_1", issuer: "https://issuer")
    private let principal = Principal("alice", issuer: "https://issuer", organization: "org_1")
    private let store = InMemoryMemberships()

    private func authorizer(_ memberships: any MembershipSource, store: (any MembershipStore)? = nil) throws
        -> Authorizer
    {
        Authorizer(
            engine: try PolicyEngine(Policy { Role("reader") { Grants("read") } }),
            memberships: memberships,
            store: store,
            issuer: Self.alice.issuer,
            cache: try PermissionCache(.init(clock: ManualClock(.distantPast).monotonic))
        )
    }

    @Test("roles are changed in a store that is one of several sources, if the authorizer is told which")
    func composition() async throws {
        let sources = FirstMembership(SessionClaims(), TimeLimitedMemberships(store, limit: .seconds(600)))
        let authorizer = try authorizer(sources, store: store)
        #expect(try await !authorizer.isAllowed("read", for: principal))
        try await authorizer.assign("reader", to: Self.alice)
        #expect(try await authorizer.isAllowed("read", for: principal))
        try await authorizer.remove(role: "reader", from: Self.alice)
        #expect(try await !authorizer.isAllowed("read", for: principal))
    }

    @Test("a change without a store changes, forgets and revokes nothing, and the caller learns why")
    func noStore() async throws {
        let authorizer = try authorizer(FirstMembership(store))
        let errors = [
            await #expect(throws: AuthorizerError.self) { try await authorizer.assign("reader", to: Self.alice) },
            await #expect(throws: AuthorizerError.self) {
                try await authorizer.remove(role: "reader", from: Self.alice)
            },
        ]
        #expect(errors.map { $0?.code } == [.noStore, .noStore])
        #expect(authorizer.cache.statistics.invalidations == 0 && authorizer.marks.count == 0)
    }

    private struct Refusing: MembershipStore {
        let error: MembershipSourceError

        func membership(of member: Member) -> Membership? { ["reader"] }
        func assign(_ role: RoleAssignment, to member: Member) throws -> MembershipChange { throw error }
        func remove(role: String, from member: Member) throws -> MembershipChange { throw error }
    }

    /// The errors of an assignment and of a removal.
    private func errors(_ authorizer: Authorizer, _ member: Member = alice) async -> [AuthorizerError?] {
        [
            await #expect(throws: AuthorizerError.self) { try await authorizer.assign("reader", to: member) },
            await #expect(throws: AuthorizerError.self) { try await authorizer.remove(role: "reader", from: member) },
        ]
    }

    @Test("a change that the store refuses revokes nothing, and the caller learns why")
    func refused() async throws {
        let refused = try authorizer(Refusing(error: MembershipSourceError("the user was deleted", code: .refused)))
        let errors = await errors(refused)
        #expect(errors.map { $0?.code } == [.changeRefused, .changeRefused])
        #expect(errors.allSatisfy { $0?.description.hasSuffix("the user was deleted") == true })
        #expect(refused.cache.statistics.invalidations == 0 && refused.marks.count == 0)
        let failed = try authorizer(Refusing(error: MembershipSourceError("down")))
        #expect(await self.errors(failed).map { $0?.code } == [.sourceFailed, .sourceFailed])
        #expect(failed.marks.count > 0)
    }

    @Test("a load that the store refuses is undecided")
    func refusedLoad() async throws {
        let source = ScriptedMemberships(failing: MembershipSourceError("no", code: .refused))
        let error = await #expect(throws: AuthorizerError.self) {
            try await authorizer(source).isAllowed("read", for: principal)
        }
        #expect(error?.code == .sourceFailed)
    }

    @Test(
        "a member with an empty id is refused before the store is asked",
        arguments: [("", "org_1"), ("alice", ""), ("", nil)] as [(String, String?)]
    )
    func emptyID(user: String, organization: String?) async throws {
        let member = Member(user, in: organization, issuer: Self.alice.issuer)
        let errors = await errors(try authorizer(store), member)
        #expect(errors.map { $0?.code } == [.changeRefused, .changeRefused])
        #expect(store.membership(of: member)?.roles == [])
        #expect(store.membership(of: member)?.revision == MembershipRevision(0))
    }

    @Test("a principal's check may ask for the state that a change on another node made")
    func revision() async throws {
        let (here, there) = (try authorizer(store), try authorizer(store))
        #expect(try await !there.isAllowed("read", for: principal))
        let revision = try await here.assign("reader", to: Self.alice)
        #expect(try await !there.isAllowed("read", for: principal))
        #expect(try await there.isAllowed("read", for: principal, minimumRevision: revision))
        let removed = try await here.remove(role: "reader", from: Self.alice)
        #expect(there.cachedAnswer("read", for: try await there.resolve(principal)) == true)
        #expect(there.cachedAnswer("read", for: try await there.resolve(principal, minimumRevision: removed)) == false)
    }
}
