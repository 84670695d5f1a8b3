import Synchronization

/// The current policy, which can be replaced while checks run.
///
/// A check uses one policy from its beginning to its end. A resolved principal keeps the policy of its moment, and ``isCurrent(_:)`` tells
/// whether this policy is still in force. A reload that fails leaves the last valid policy in force.
///
/// ```swift
/// let policy = CurrentPolicy(try PolicyEngine(reading: bytes))
/// policy.reload { try PolicyEngine(reading: readFile()) }
/// ```
public final class CurrentPolicy: Sendable {
    private struct Subscription {
        weak var listener: (any PolicyChangeListener)?
    }

    private struct State {
        var engine: PolicyEngine
        /// The previous policy. Freeing a large policy takes milliseconds, which the last owner spends. With this reference, the next
        /// replacement frees the policy, and not a check that is under way. A cache may keep the policy longer, for entries that were not
        /// used since.
        var previous: PolicyEngine?
        var failure: ReloadFailure?
        /// The number of changes that began, and the numbers of the changes that set the engine and the failure.
        var begun: UInt64 = 0
        var inForce: UInt64 = 0
        var reported: UInt64 = 0
        var subscriptions: [Subscription] = []

        /// The listeners to replacements and reloads that are still alive.
        var listeners: [any PolicyChangeListener] { subscriptions.compactMap(\.listener) }

        mutating func add(_ listener: any PolicyChangeListener) {
            subscriptions.removeAll { $0.listener == nil }
            subscriptions.append(Subscription(listener: listener))
        }

        /// Returns the number of a change that begins.
        mutating func begin() -> UInt64 {
            begun += 1  // one change each nanosecond would overflow the number after 584 years
            return begun
        }
    }

    private let state: Mutex<State>
    /// The identity of the current engine. It cannot be equal to that of another engine, since a resolved principal keeps its engine alive.
    private let identity: Atomic<UInt>

    /// Puts a policy in force.
    public init(_ engine: PolicyEngine) {
        state = Mutex(State(engine: engine))
        identity = Atomic(Self.identity(of: engine))
    }

    /// The policy in force.
    public var engine: PolicyEngine { state.withLock { $0.engine } }

    /// The failure of the last reload; `nil` if it did not fail.
    public var failure: ReloadFailure? { state.withLock { $0.failure } }

    /// Returns true if the principal was resolved with the current policy. The check costs one atomic load.
    @inline(__always)
    public func isCurrent(_ principal: ResolvedPrincipal) -> Bool { isCurrent(principal.engine) }

    @inline(__always)
    func isCurrent(_ engine: PolicyEngine) -> Bool { isCurrent(ObjectIdentifier(engine)) }

    @inline(__always)
    func isCurrent(_ engine: ObjectIdentifier) -> Bool {
        identity.load(ordering: .acquiring) == UInt(bitPattern: engine)
    }

    /// Compiles the rights of a principal under the current policy.
    public func resolve(_ principal: Principal) -> ResolvedPrincipal { engine.resolve(principal) }

    /// Replaces the current policy. After the return, no later check begins with the previous policy.
    public func replace(with engine: PolicyEngine) { replace(with: engine, begunAs: nil) }

    /// Replaces the current policy.
    ///
    /// - Parameter number: The number with which the change began; `nil` if it begins now.
    private func replace(with engine: PolicyEngine, begunAs number: UInt64?) {
        let (retired, listeners) = state.withLock { state -> (PolicyEngine?, [any PolicyChangeListener]) in
            let number = number ?? state.begin()
            if number > state.reported { (state.failure, state.reported) = (nil, number) }
            guard number > state.inForce else { return (nil, []) }
            let (retired, replaced, listeners) = (state.previous, state.engine, state.listeners)
            (state.engine, state.previous, state.inForce) = (engine, replaced, number)
            identity.store(Self.identity(of: engine), ordering: .releasing)
            for listener in listeners { listener.noticeReplacement(of: replaced, by: engine, state.failure) }
            return (retired, listeners)
        }
        for listener in listeners { listener.tellPending() }
        withExtendedLifetime(retired) {}  // freed here, outside the lock
    }

    /// Loads a policy and makes it current. If that fails, the last valid policy stays. Of several reloads at a time, the successful reload
    /// that began last counts, since an earlier reload may have read an older policy.
    ///
    /// - Returns: True if a policy was loaded. Otherwise ``failure`` has the reason.
    @discardableResult
    public func reload(_ load: () throws -> PolicyEngine) -> Bool { reload(from: nil, load) }

    /// Loads a policy from a file and makes it current, as ``reload(_:)`` does.
    ///
    /// - Parameter file: The path of the file, with which the message about findings begins; `nil` if there is no file.
    @discardableResult
    package func reload(from file: String?, _ load: () throws -> PolicyEngine) -> Bool {
        let number = state.withLock { $0.begin() }
        do {
            replace(with: try load(), begunAs: number)
            return true
        } catch {
            let listeners = state.withLock { state -> [any PolicyChangeListener] in
                guard number > state.reported else { return [] }
                let failure = ReloadFailure(error, keeping: state.engine.revision, in: file)
                (state.failure, state.reported) = (failure, number)
                let listeners = state.listeners
                for listener in listeners { listener.noticeRefusal(failure) }
                return listeners
            }
            for listener in listeners { listener.tellPending() }
            return false
        }
    }

    /// Adds a listener, which is told about all later changes of the policy.
    ///
    /// - Returns: The current policy when the listener was added.
    func tellsReplacements(to listener: any PolicyChangeListener) -> PolicyEngine {
        state.withLock { state in
            state.add(listener)
            return state.engine
        }
    }

    private static func identity(of engine: PolicyEngine) -> UInt { UInt(bitPattern: ObjectIdentifier(engine)) }
}
