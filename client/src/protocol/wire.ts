/** The wire's types by name; `api.ts` is generated from the server's OpenAPI document. */
import type { components } from "./api.ts";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type EntryState = Schemas["EntryState"];
export type DemoPerson = Schemas["DemoPerson"];
export type PersonCard = Schemas["PersonCard"];
export type People = Schemas["People"];
export type Message = Schemas["Message"];
export type Row = Schemas["Row"];
export type Rows = Schemas["Rows"];
export type Standing = Schemas["Standing"];
export type History = Schemas["History"];
export type Opened = Schemas["Opened"];
export type Changes = Schemas["Changes"];
export type CourseRef = Schemas["CourseRef"];
export type Courses = Schemas["Courses"];
export type CoursePage = Schemas["CoursePage"];
export type Sent = Schemas["Sent"];
export type Token = Schemas["Token"];
export type Tokens = Schemas["Tokens"];
export type ServerFrame = Schemas["ServerFrame"];
export type ProblemDocument = Schemas["ProblemDocument"];
export type AdminUser = Schemas["AdminUser"];
export type AdminUsers = Schemas["AdminUsers"];
export type AdminDepartment = Schemas["AdminDepartment"];
export type AdminDepartments = Schemas["AdminDepartments"];
export type AdminCourse = Schemas["AdminCourse"];
export type AdminCourses = Schemas["AdminCourses"];
export type Enrolled = Schemas["Enrolled"];
export type Settings = Schemas["Settings"];
export type ImportJob = Schemas["ImportJob"];
export type SignInLink = Schemas["SignInLink"];
export type Role = PersonCard["role"];
