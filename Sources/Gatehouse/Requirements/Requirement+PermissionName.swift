extension Requirement {
    /// The name of a permission as a requirement was given it. One that is malformed, such as a pattern, makes a requirement that nobody
    /// meets, under `not` as well; what checks requirements when a server starts tells of it.
    public struct PermissionName: Sendable, Hashable, CustomStringConvertible {
        /// The permission, or what is wrong with its name.
        public let permission: Result<Permission, NameError>

        /// A name, whatever it is.
        public init(_ name: String) {
            do throws(NameError) {
                permission = .success(try Permission(validating: name))
            } catch {
                permission = .failure(error)
            }
        }

        /// The name of a permission.
        public init(_ permission: Permission) {
            self.permission = .success(permission)
        }

        /// The name; of a malformed one as much as is fit for a log.
        public var description: String {
            switch permission {
            case .success(let permission): permission.name
            case .failure(let error): error.text
            }
        }
    }

    /// The principal holds the permission, for a resource that the path names or, without one, for the context's resource.
    ///
    /// - Parameters:
    ///   - name: The permission's name. One that is malformed does not end the program: nobody has such a permission.
    ///   - resource: The resource that the path names; `nil` for the resource of the context.
    public static func permission(_ name: String, on resource: PathResource? = nil) -> Requirement {
        .permission(PermissionName(name), on: resource)
    }

    /// The requirement of a typed permission.
    public static func permission(_ permission: Permission, on resource: PathResource? = nil) -> Requirement {
        .permission(PermissionName(permission), on: resource)
    }
}
