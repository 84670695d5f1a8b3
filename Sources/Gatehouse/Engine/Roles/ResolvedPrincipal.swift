/// The compiled rights of a principal under one policy. A check reads two bits and allocates nothing.
///
/// The value keeps its engine, so that each check uses one whole policy. ``CurrentPolicy/isCurrent(_:)`` tells that the engine is still
/// current. The value does not know a membership source. An ``Authorizer`` does, and is as fast.
public final class ResolvedPrincipal: Sendable {
    /// The policy that decides.
    public let engine: PolicyEngine
    let principal: Principal
    let roles: ResolvedRoles

    init(_ principal: Principal, _ roles: ResolvedRoles) {
        engine = roles.engine
        self.principal = principal
        self.roles = roles
    }

    /// Returns true if the principal has this permission without a resource.
    ///
    /// - Parameters:
    ///   - permission: The permission.
    ///   - time: The time, which is evaluated only if a role is bounded in time.
    public func allows(_ permission: Permission, at time: @autoclosure () -> Timestamp) -> Bool {
        verdict(on: permission, at: time) == .allowed
    }

    /// Returns true if the principal has this permission on a resource, in these circumstances.
    ///
    /// - Parameters:
    ///   - permission: The permission.
    ///   - resource: The resource; `nil` for no resource.
    ///   - action: Further facts of the action: a JSON object, which conditions find under `$action`.
    ///   - context: The circumstances: a JSON object, which conditions find under `$context`.
    ///   - time: The time, which is evaluated only if a role is bounded in time or to a resource.
    public func allows(
        _ permission: Permission,
        on resource: Resource?,
        action: JSONValue = [:],
        context: JSONValue = [:],
        at time: @autoclosure () -> Timestamp
    ) -> Bool {
        let details = CheckDetails(resource: resource, action: action, context: context)
        return verdict(on: permission, with: details, at: time) == .allowed
    }

    /// Returns true if the principal has the permission with this name. A malformed name is denied, and so is a pattern such as
    /// `docs:*`.
    public func allows(_ name: String, at time: @autoclosure () -> Timestamp) -> Bool {
        if let id = roles.unownedView.permissions.id(of: name), let verdict = roles.standingVerdict(id) {
            return verdict == .allowed
        }
        guard let permission = try? Permission(validating: name) else { return false }
        return verdict(on: permission, with: CheckDetails(), at: time) == .allowed
    }

    /// Returns the verdict on the permission, for nothing in particular.
    @inline(__always)
    func verdict(on permission: Permission, at time: () -> Timestamp) -> Verdict {
        if let verdict = roles.standingVerdict(roles.unownedView.permissions.id(of: permission)) { return verdict }
        return verdict(on: permission, with: CheckDetails(), at: time)
    }

    /// Returns the verdict on the permission if a few steps suffice; otherwise `nil`.
    @inline(__always)
    func verdict(onShort permission: Permission) -> Verdict? {
        roles.unownedView.permissions.id(ofShort: permission).flatMap { roles.unownedView.verdicts[$0] }
    }

    /// Returns the verdict on the permission.
    func verdict(on permission: Permission, with details: CheckDetails, at time: () -> Timestamp) -> Verdict {
        roles.verdict(on: permission, of: principal, with: details, at: time)
    }

    /// Returns true if the principal has the role, itself or by inheritance. A role that the policy does not define counts if the principal
    /// has a role of that name. A delegated credential has no role, since no scope limits the meaning of a role.
    public func holds(role: String, on resource: ResourceID? = nil, at time: Timestamp) -> Bool {
        roles.holds(role: role, on: resource, at: time)
    }
}
