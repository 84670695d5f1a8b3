public import Gatehouse
import Synchronization

/// A membership source for tests, which answers by a script and remembers the loads.
///
/// ```swift
/// let source = ScriptedMemberships(["reader"])
/// let authorizer = Authorizer(engine: engine, memberships: source)
/// #expect(try await authorizer.isAllowed("docs:read", for: alice))
/// source.fail(MembershipSourceError("the database is away"))
/// #expect(try await authorizer.isAllowed("docs:read", for: alice))  // from memory
/// #expect(source.loads == 1)
/// ```
///
/// A load is answered by the script that was in force when the load began.
public final class ScriptedMemberships: MembershipSource {
    /// Answers a load of a member. Loads are numbered from 0.
    public typealias Script = @Sendable (_ member: Member, _ number: Int) async throws -> Membership?

    private struct State {
        var script: Script
        var members: [Member] = []
        var isHolding = false
        var held: [CheckedContinuation<Void, Never>] = []
        var cancelledLoads = 0
    }

    private let state: Mutex<State>

    /// Makes a source that answers by a script, such as a slow source.
    public init(_ script: @escaping Script) {
        state = Mutex(State(script: script))
    }

    /// Makes a source that gives each member the same answer; `nil` if the source knows nobody.
    public convenience init(_ answer: Membership?) {
        self.init { _, _ in answer }
    }

    /// Makes a source that fails.
    public convenience init(failing error: any Error) {
        self.init { _, _ in throw error }
    }

    /// The members that were loaded, one for each load, in the order of the loads' beginnings.
    public var members: [Member] { state.withLock { $0.members } }

    /// The number of loads that have begun.
    public var loads: Int { state.withLock { $0.members.count } }

    /// The number of loads that were cancelled while they were held.
    public var cancelledLoads: Int { state.withLock { $0.cancelledLoads } }

    /// Answers later loads by a script.
    public func answer(_ script: @escaping Script) { state.withLock { $0.script = script } }

    /// Gives later loads this answer; `nil` if the source knows nobody.
    public func answer(_ answer: Membership?) { self.answer { _, _ in answer } }

    /// Lets later loads fail.
    public func fail(_ error: any Error) { answer { _, _ in throw error } }

    /// Holds later loads until ``release()`` or ``open()``, also those that are cancelled.
    public func hold() { state.withLock { $0.isHolding = true } }

    /// Lets the loads go on that are held now; later ones are held.
    public func release() {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    /// Lets all loads go on, those that are held and later ones.
    public func open() {
        state.withLock { $0.isHolding = false }
        release()
    }

    /// Zero: no answer is older than its question.
    public var staleness: Duration? { .zero }

    /// Answers by the script.
    public func membership(of member: Member) async throws -> Membership? {
        let (script, number, isHeld) = state.withLock { state in
            state.members.append(member)
            return (state.script, state.members.count - 1, state.isHolding)
        }
        if isHeld { await waitForRelease() }
        return try await script(member, number)
    }

    private func waitForRelease() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isHeld = state.withLock { state in
                    if state.isHolding { state.held.append(continuation) }
                    return state.isHolding
                }
                if !isHeld { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.cancelledLoads += 1 }
        }
    }
}
