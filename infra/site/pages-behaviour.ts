import {
  AccessLevel,
  type BehaviorOptions,
  CachePolicy,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Construct } from "constructs";
import type { SiteFiles } from "#infra/site/files.ts";
import { siteHeaders } from "#infra/site/response-headers.ts";
import {
  fileAt,
  HASHED_SCRIPTS,
  OFFICE_PATHS,
  previewOf,
  type SignInOrigins,
  securityHeaders,
  TEST_PAGE_PATH,
  testPageHeaders,
} from "#infra/site/rules.ts";

/** Scripts are at their own addresses: the function, paid for with each call, has nothing to do for them. */
export const SCRIPTS = HASHED_SCRIPTS;

export const scriptsBehaviour = ({ functionAssociations: _, ...pages }: BehaviorOptions): BehaviorOptions => pages;

/** Answers each viewer's request for a page. */
const HANDLER = `function handler(event) {
  var request = event.request;
  var agent = request.headers["user-agent"];
  var preview = previewOf(request.uri, agent ? agent.value : "");
  if (preview) {
    var headers = { location: { value: preview }, "cache-control": { value: "no-store" } };
    return { statusCode: 302, statusDescription: "Found", headers: headers };
  }
  request.uri = fileAt(request.uri);
  return request;
}
`;

/** How CloudFront serves the bucket: every page's address gets the page with its script. */
export function pagesBehaviour(
  scope: Construct,
  { bucket, copied }: SiteFiles,
  { office, vote }: SignInOrigins,
): Readonly<{ pages: BehaviorOptions; withOwnHeaders: Readonly<Record<string, BehaviorOptions>> }> {
  const pageAddress = new EdgeFunction(scope, "PageAddress", {
    comment: "Every page's address leads to the page with its script",
    runtime: FunctionRuntime.JS_2_0,
    // Not the distribution's error page, so that a 404 from the API stays one.
    code: FunctionCode.fromInline(`${fileAt.toString()}\n${previewOf.toString()}\n${HANDLER}`),
  });
  // It leads to the pages by the names they have in this version.
  pageAddress.node.addDependency(copied);
  const common = {
    // With the right to list, S3 answers 404 for a missing file, not 403. Nobody can get the list: the root is rewritten to
    // the page, and no query is passed on.
    origin: S3BucketOrigin.withOriginAccessControl(bucket, {
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    functionAssociations: [{ function: pageAddress, eventType: FunctionEventType.VIEWER_REQUEST }],
    compress: true,
  };
  const headers = siteHeaders(scope, "SiteHeaders", { headers: securityHeaders(vote), comment: "Scrutin: the site" });
  const ofOffice = siteHeaders(scope, "OfficeHeaders", {
    headers: securityHeaders(office),
    comment: "Scrutin: the office’s pages",
  });
  const ofTestPage = siteHeaders(scope, "TestPageHeaders", {
    headers: testPageHeaders(),
    comment: "Scrutin: the page that tests devices",
  });
  return {
    pages: { ...common, responseHeadersPolicy: headers },
    withOwnHeaders: {
      ...Object.fromEntries(OFFICE_PATHS.map((path) => [path, { ...common, responseHeadersPolicy: ofOffice }])),
      [TEST_PAGE_PATH]: { ...common, responseHeadersPolicy: ofTestPage },
    },
  };
}
