/// A listener to the changes of a ``CurrentPolicy``, in the order of the changes.
///
/// A change is noted under the lock of the policy, so that the order is kept, and is reported to others after the lock.
protocol PolicyChangeListener: AnyObject, Sendable {
    /// Notes that a policy replaced another, for ``tellPending()``.
    ///
    /// - Parameter failure: The failure of the last reload; `nil` if it did not fail.
    func noticeReplacement(of old: PolicyEngine, by new: PolicyEngine, _ failure: CurrentPolicy.ReloadFailure?)

    /// Keeps for ``tellPending()`` that a reload failed.
    func noticeRefusal(_ failure: CurrentPolicy.ReloadFailure)

    /// Reports the notes. The method is called under no lock.
    func tellPending()
}
