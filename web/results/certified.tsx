import type { Certified as CertifiedFiles } from "#functions/runtime/certified-contract.ts";
import { formatBytes } from "#web/format-bytes.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { CERTIFIED_WORDS } from "#web/results/certified-words.ts";
import { Groups } from "#web/results/groups.tsx";
import "#web/styles/certified.css";

/** What a certified result is known by, its files, and how anybody checks them. */
export function Certified(certified: CertifiedFiles) {
  const language = useLanguage();
  const t = CERTIFIED_WORDS[language];
  const { address, signing_key: fingerprint, merkle_root: root, opening_sha256: opening } = certified;
  const command = `npx scrutin verify ${location.origin}${address} --signed-by "${fingerprint}" --opening ${opening}`;
  return (
    <section class="certified" aria-labelledby="certified">
      <h2 id="certified">{t.title}</h2>
      <dl>
        <dt>{t.fingerprint}</dt>
        <dd>
          <Groups code={fingerprint} of={4} />
        </dd>
        <dt>{t.opening}</dt>
        <dd>
          <Groups code={opening} />
        </dd>
        <dt>{t.root}</dt>
        <dd>
          <Groups code={root} />
        </dd>
      </dl>
      <p>{t.compare}</p>
      <h3>{t.files}</h3>
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
      <h3>{t.check}</h3>
      <p>{t.howTo}</p>
      <pre>
        <code>{`npm install\n${command}`}</code>
      </pre>
      <p class="quiet">{t.own}</p>
    </section>
  );
}
