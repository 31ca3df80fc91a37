import type { Certified as CertifiedFiles } from "#functions/runtime/certified-contract.ts";
import { formatBytes } from "#web/format-bytes.ts";
import { useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Groups } from "#web/results/groups.tsx";
import "#web/styles/certified.css";

/** What a certified result is known by, its files, and how anybody checks them. */
export function Certified({ certified }: Readonly<{ certified: CertifiedFiles }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const { address, signing_key: fingerprint, merkle_root: root, opening_sha256: opening } = certified;
  const command = `npx scrutin verify ${location.origin}${address} --signed-by "${fingerprint}" --opening ${opening}`;
  return (
    <section class="certified" aria-labelledby="certified">
      <h2 id="certified">{t.certified.title}</h2>
      <dl>
        <dt>{t.certified.fingerprint}</dt>
        <dd>
          <Groups code={fingerprint} of={4} />
        </dd>
        <dt>{t.certified.opening}</dt>
        <dd>
          <Groups code={opening} />
        </dd>
        <dt>{t.certified.root}</dt>
        <dd>
          <Groups code={root} />
        </dd>
      </dl>
      <p>{t.certified.compare}</p>
      <h3>{t.certified.files}</h3>
      <ul>
        {certified.files.map(({ name, bytes }) => (
          <li key={name}>
            <a href={`${address}${name}`} download={name}>
              {name}
            </a>{" "}
            <span class="quiet">{formatBytes(language, bytes)}</span>
          </li>
        ))}
      </ul>
      <h3>{t.certified.check}</h3>
      <p>{t.certified.howTo}</p>
      <pre>
        <code>{`npm install\n${command}`}</code>
      </pre>
      <p class="quiet">{t.certified.own}</p>
    </section>
  );
}
